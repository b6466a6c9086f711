/** arXiv's archives with what their categories are called there: https://arxiv.org/category_taxonomy. */
export const ARCHIVES: Readonly<Record<string, string>> = {
  'astro-ph':
    'CO cosmology and nongalactic astrophysics; EP earth and planetary astrophysics; GA astrophysics of galaxies; HE high energy astrophysical phenomena; IM instrumentation and methods for astrophysics; SR solar and stellar astrophysics',
  'cond-mat':
    'dis-nn disordered systems and neural networks; mes-hall mesoscale and nanoscale physics; mtrl-sci materials science; other other condensed matter; quant-gas quantum gases; soft soft condensed matter; stat-mech statistical mechanics; str-el strongly correlated electrons; supr-con superconductivity',
  cs: 'AI artificial intelligence; AR hardware architecture; CC computational complexity; CE computational engineering, finance, and science; CG computational geometry; CL computation and language; CR cryptography and security; CV computer vision and pattern recognition; CY computers and society; DB databases; DC distributed, parallel, and cluster computing; DL digital libraries; DM discrete mathematics; DS data structures and algorithms; ET emerging technologies; FL formal languages and automata theory; GL general literature; GR graphics; GT computer science and game theory; HC human-computer interaction; IR information retrieval; IT information theory; LG machine learning; LO logic in computer science; MA multiagent systems; MM multimedia; MS mathematical software; NA numerical analysis; NE neural and evolutionary computing; NI networking and internet architecture; OH other computer science; OS operating systems; PF performance; PL programming languages; RO robotics; SC symbolic computation; SD sound; SE software engineering; SI social and information networks; SY systems and control',
  econ: 'EM econometrics; GN general economics; TH theoretical economics',
  eess: 'AS audio and speech processing; IV image and video processing; SP signal processing; SY systems and control',
  math: 'AC commutative algebra; AG algebraic geometry; AP analysis of pdes; AT algebraic topology; CA classical analysis and odes; CO combinatorics; CT category theory; CV complex variables; DG differential geometry; DS dynamical systems; FA functional analysis; GM general mathematics; GN general topology; GR group theory; GT geometric topology; HO history and overview; IT information theory; KT k-theory and homology; LO logic; MG metric geometry; MP mathematical physics; NA numerical analysis; NT number theory; OA operator algebras; OC optimization and control; PR probability; QA quantum algebra; RA rings and algebras; RT representation theory; SG symplectic geometry; SP spectral theory; ST statistics theory',
  nlin: 'AO adaptation and self-organizing systems; CD chaotic dynamics; CG cellular automata and lattice gases; PS pattern formation and solitons; SI exactly solvable and integrable systems',
  physics:
    'acc-ph accelerator physics; ao-ph atmospheric and oceanic physics; app-ph applied physics; atm-clus atomic and molecular clusters; atom-ph atomic physics; bio-ph biological physics; chem-ph chemical physics; class-ph classical physics; comp-ph computational physics; data-an data analysis, statistics and probability; ed-ph physics education; flu-dyn fluid dynamics; gen-ph general physics; geo-ph geophysics; hist-ph history and philosophy of physics; ins-det instrumentation and detectors; med-ph medical physics; optics optics; plasm-ph plasma physics; pop-ph popular physics; soc-ph physics and society; space-ph space physics',
  'q-bio':
    'BM biomolecules; CB cell behavior; GN genomics; MN molecular networks; NC neurons and cognition; OT other quantitative biology; PE populations and evolution; QM quantitative methods; SC subcellular processes; TO tissues and organs',
  'q-fin':
    'CP computational finance; EC economics; GN general finance; MF mathematical finance; PM portfolio management; PR pricing of securities; RM risk management; ST statistical finance; TR trading and market microstructure',
  stat: 'AP applications; CO computation; ME methodology; ML machine learning; OT other statistics; TH statistics theory',
};

/** Archives without divisions, today's and those that papers of the 1990s still carry. */
export const UNDIVIDED =
  'gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th patt-sol plasm-ph q-alg solv-int supr-con astro-ph cond-mat q-bio'.split(
    ' ',
  );

/** What people call them besides. */
export const EVERYDAY: Readonly<Record<string, string>> = {
  'cs.*':
    'computer science, computing, informatics, informatik, informatique, cs, compsci, comp-sci, computer, computers',
  'cs.AI': 'ai, reasoning, planning, knowledge representation, agi, intelligence, ki',
  'cs.AR': 'architecture, hardware, computer architecture, fpga, chips, processors, vlsi',
  'cs.CC': 'complexity, complexity theory, computability',
  'cs.CE': 'computational engineering, computational science',
  'cs.CG': 'geometry processing, comp geometry',
  'cs.CL':
    'nlp, language, languages, linguistics, computational linguistics, natural language processing, natural language, llm, llms, language models, large language models, text, translation, machine translation, dialogue, sprache, clp',
  'cs.CR':
    'security, crypto, cryptography, privacy, cybersecurity, cyber security, infosec, computer security, sicherheit, malware, blockchain',
  'cs.CV':
    'vision, computer vision, image recognition, images, image, pattern recognition, object detection, segmentation, video, 3d vision, imaging, bildverarbeitung',
  'cs.CY': 'society, ethics, ai ethics, fairness, policy, law, education',
  'cs.DB': 'db, database, data management, sql, data mining, datenbanken',
  'cs.DC':
    'distributed, distributed computing, distributed systems, parallel, parallel computing, cloud, cloud computing, hpc, high performance computing, cluster computing, clusters, edge computing',
  'cs.DL': 'library, libraries, bibliometrics, scientometrics',
  'cs.DM': 'discrete math, discrete maths',
  'cs.DS': 'algorithms, algorithm, data structures, algo, algos',
  'cs.ET': 'emerging tech',
  'cs.FL': 'automata, formal languages, automata theory, grammars',
  'cs.GR': 'computer graphics, rendering, graphic',
  'cs.GT': 'game theory, games, mechanism design, auctions',
  'cs.HC':
    'hci, human computer interaction, human-computer, human factors, user interfaces, ui, ux, interaction',
  'cs.IR':
    'search, retrieval, recommendation, recommender systems, recommenders, recsys, information retrieval, ir',
  'cs.IT': 'information theory, coding theory, coding, communications, info theory',
  'cs.LG':
    'ml, machine learning, deep learning, dl, learning, reinforcement learning, rl, representation learning, neural nets, maschinelles lernen',
  'cs.LO': 'formal methods, verification, formal verification, type theory, theorem proving',
  'cs.MA': 'agents, multi-agent, multiagent, multi-agent systems, mas',
  'cs.MM': 'media, multimodal',
  'cs.NE':
    'neural networks, neural network, neural, evolutionary, evolutionary computing, neuroevolution, genetic algorithms, evolution, neuromorphic',
  'cs.NI':
    'networking, networks, network, internet, wireless, telecommunications, computer networks, 5g, iot',
  'cs.OS': 'os, kernel, operating system',
  'cs.PF': 'benchmarking, performance evaluation',
  'cs.PL': 'compilers, compiler, programming language, programming',
  'cs.RO': 'robot, robots, robotic, robotik, robotique, autonomous driving, drones, slam',
  'cs.SD': 'audio, music, acoustics, sound processing',
  'cs.SE': 'software, testing, programming tools, devops, software testing',
  'cs.SI': 'social networks, social media, network science, graphs, social network',
  'eess.AS':
    'speech, speech recognition, speech processing, asr, tts, audio processing, voice, speech synthesis',
  'eess.IV': 'image processing, video processing, medical imaging, medical images',
  'eess.SP': 'signal, signals, signal processing, dsp, radar, wireless communications',
  'eess.SY': 'control, control theory, control systems, automation, power systems, systems',
  'eess.*': 'electrical engineering, engineering, electronics, ee, electrical',
  'econ.*': 'economics, economy, econ, wirtschaft',
  'econ.EM': 'econometric',
  'math.*': 'math, maths, mathematics, mathematik, mathématiques, matemáticas',
  'math.AG': 'alg geom',
  'math.OC': 'optimization, optimisation, optimal control, convex optimization, operations research',
  'math.PR': 'probability theory, stochastics, stochastic processes',
  'math.DS': 'dynamics, chaos',
  'math.NT': 'number',
  'math.GR': 'groups',
  'math.AP': 'pde, pdes, partial differential equations',
  'math.CT': 'categories',
  'math.NA': 'numerics, numerical, numerical methods, scientific computing',
  'math.CO': 'graph theory, combinatoric',
  'math.AT': 'topology',
  'math.DG': 'geometry',
  'math.RA': 'algebra',
  'stat.*': 'statistics, stats, statistik, statistical',
  'stat.ML': 'statistical learning, statistical machine learning',
  'stat.ME': 'methods, causal inference, biostatistics',
  'stat.CO': 'mcmc, monte carlo',
  'physics.*': 'physics, physik, physique, física, phys',
  'physics.bio-ph': 'biophysics',
  'physics.chem-ph': 'chemistry, chemical, quantum chemistry, chem',
  'physics.flu-dyn': 'fluids, fluid, cfd, turbulence, fluid mechanics',
  'physics.ao-ph': 'climate, weather, atmosphere, ocean, climate science, meteorology',
  'physics.geo-ph': 'geology, geoscience, earth science, seismology',
  'physics.med-ph': 'medicine, medical, radiology',
  'physics.optics': 'optical, photonics, lasers',
  'physics.plasm-ph': 'plasma, fusion',
  'physics.acc-ph': 'accelerators',
  'physics.comp-ph': 'simulation',
  'physics.soc-ph': 'complex systems, complex networks, sociophysics',
  'physics.hist-ph': 'philosophy, history',
  'physics.space-ph': 'space, space weather',
  'physics.app-ph': 'devices',
  'physics.ins-det': 'detectors, instrumentation',
  'quant-ph':
    'quantum, quantum computing, quantum information, quantum mechanics, qc, quantum computation, quanten',
  'gr-qc':
    'gravity, relativity, general relativity, gr, gravitation, gravitational waves, black holes, quantum gravity',
  'hep-ph': 'hep, high energy physics, particle physics, particles, high energy, phenomenology',
  'hep-th': 'string theory, strings, qft, quantum field theory, high energy theory, field theory',
  'hep-ex': 'lhc, particle experiments',
  'hep-lat': 'lattice, lattice qcd, qcd',
  'nucl-th': 'nuclear, nuclear physics, nucl',
  'math-ph': 'mathphys, math physics',
  'astro-ph.*': 'astro, astrophysics, astronomy, astroph, astronomie, stars',
  'astro-ph.CO': 'cosmology, dark matter, dark energy',
  'astro-ph.EP': 'planets, exoplanets, planetary science, planetary',
  'astro-ph.GA': 'galaxies, galaxy',
  'astro-ph.SR': 'sun, solar, stellar',
  'cond-mat.*': 'condensed matter, condmat, solid state, solid state physics, condensed',
  'cond-mat.mtrl-sci': 'materials, material science, material',
  'cond-mat.supr-con': 'superconductors, superconductor',
  'cond-mat.stat-mech': 'stat mech, statistical physics, thermodynamics',
  'cond-mat.soft': 'soft matter, polymers',
  'cond-mat.mes-hall': 'nanoscience, nano, nanotechnology, mesoscopic',
  'nlin.*': 'nonlinear, nonlinear science, non-linear, nonlinear dynamics',
  'nlin.CD': 'chaos theory',
  'q-bio.*':
    'biology, bio, quantitative biology, qbio, biologie, bioinformatics, computational biology, life sciences',
  'q-bio.GN': 'genetics, dna, genome, genomic',
  'q-bio.NC': 'neuroscience, neuro, brain, cognition, neurons, cognitive science',
  'q-bio.BM': 'proteins, protein, biochemistry, drug discovery',
  'q-bio.PE': 'ecology, epidemiology, populations',
  'q-bio.CB': 'cells, cell biology, cell',
  'q-fin.*': 'finance, quantitative finance, qfin, quant, fin, finanzen, finances',
  'q-fin.TR': 'trading, markets',
  'q-fin.RM': 'risk',
  'q-fin.PM': 'portfolio',
  'q-fin.PR': 'pricing, derivatives, option pricing',
};
