"""Names and words that tell what a capitalised name is. Written for this project, in French and English.

Single names are separated by white space, names of several words by commas. Look-ups go through
:mod:`nlp.keyfacts.lexicon`: no capitals, no accents.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split(","))


FIRST_NAMES = _words(
    """
    Aaron Abbas Abdallah Abdel Abdelaziz Abdelkader Abdul Abdullah Achille Adam Adel Adrian Adrien Adrienne Adèle
    Agathe Agnès Ahmad Ahmed Aimé Alain Alan Alassane Albane Albert Alberto Alejandro Alessandro Alex Alexander
    Alexandra Alexandre Alexeï Alexia Alexis Alfred Ali Alice Aline Alison Alix Alphonse Amanda Amandine Amin Amir
    Amy Amélie Ana Anatole Anaïs Andrew Andreï André Andréa Andréas Andrée Andy Ange Angela Angèle Angélique Anita
    Ann Anna Annabelle Anne Annick Annie Anouk Anthony Antoine Antoinette Anton Antonio Antony Apolline Ariane
    Ariel Arlette Armand Armelle Arnaud Arnold Arsène Arthur Astrid Aude Audrey Augustin Aurore Aurélie Aurélien
    Axel Axelle Aymeric Aziz Aïcha Baptiste Barack Barbara Bashar Basile Bastien Ben Benedict Benjamin Benoît
    Bernadette Bernard Bernie Bertrand Bettina Bill Billy Blaise Blanche Bob Boris Brad Brandon Brenda Brian Brice
    Brigitte Bruce Bruno Bryan Béatrice Bénédicte Camille Capucine Carine Carl Carla Carlos Carmen Carol Carole
    Carolina Caroline Casey Catherine Cathy Chantal Charles Charlie Charlotte Charlène Cheikh Chloé Chris
    Christelle Christian Christiane Christina Christine Christophe Christopher Chérif Claire Clara Clarisse Claude
    Claudia Claudie Claudine Claudio Clotilde Clémence Clément Clémentine Colette Colin Connor Constance
    Constantin Coralie Corentin Corinne Craig Cristina Cyril Cyrille Cécile Cécilia Cédric Céleste Célia Céline
    Césaire Damien Daniel Daniela Daniella Danielle Danièle Danny Daphné Dario Dave David Deborah Delphine Denis
    Denise Dennis Derek Diana Diane Didier Diego Dimitri Dino Dmitri Dominic Dominique Donald Douglas Dylan Eddie
    Eddy Edgar Edith Edmond Edward Edwige Edwy Eileen Elena Elias Elizabeth Ella Ellen Elliott Elon Elsa Elvire
    Emil Emma Emmanuel Emmanuelle Enrico Enrique Enzo Erika Ernest Erwan Esteban Estelle Esther Eugène Eugénie Eva
    Fabien Fabienne Fabrice Fadela Farid Farida Fatima Fatou Faustine Ferdinand Fernand Fernande Fernando Fiona
    Flavie Flora Flore Florence Florent Florian Florine Francesco Francine Francis Francisco Franck Frank Franklin
    Franz François Françoise Fred Friedrich Frédéric Frédérique Félicien Félix Gabriel Gabrielle Gareth Gary
    Gaspard Gaston Gauthier Gautier Gavin Gaël Gaëlle Gaëtan Geneviève Geoffrey Geoffroy George Georges Georgia
    Georgina Germain Ghislain Ghislaine Gilbert Gilberte Gilles Gina Giorgia Giovanni Gisèle Giuseppe Gladys Glenn
    Gloria Gonzague Gordon Grace Graham Gregory Greta Grégoire Guido Guillaume Gustave Guy Gwenaël Gérald
    Géraldine Gérard Hadrien Hamid Hamza Hannah Hans Harold Harrison Harry Harvey Hassan Heather Hector Helmut
    Henri Henriette Henrik Henry Herbert Herman Hermann Hervé Hicham Hilary Hillary Honoré Horace Howard Hubert
    Hugh Hugo Hugues Hussein Hélène Ian Ibrahim Igor Ilse Iman Imane Ingrid Inès Iris Irène Isaac Isabel Isabelle
    Isidore Ivan Jack Jackie Jacky Jacob Jacqueline Jacques Jade Jaime Jair James Jamie Jan Jane Janet Janine
    Jared Jason Javier Jay Jean Jeanne Jeannine Jeff Jeffrey Jenna Jennifer Jenny Jens Jerry Jesse Jessica Jessie
    Jill Jim Jimmy Jo Joachim Joan Joanna Joaquin Jocelyne Joe Joey Johan Johanna Johannes John Johnny Jon Jonas
    Jonathan Jordan Jorge Joseph Joshua Josiane José Joséphine Joyce Joël Joëlle Juan Judith Jules Julia Julian
    Julie Julien Julienne Juliette Julio Justin Justine Jérémie Jérémy Jérôme Kamala Kamel Karen Karim Karima
    Karin Karine Karl Kate Katherine Kathleen Kathy Katia Katrin Kelly Kenneth Kevin Khaled Khalid Kim Kirsten
    Kristalina Kurt Kylian Laila Lana Larry Laura Laure Laurence Laurent Laurie Laëtitia Leonardo Leslie Leïla
    Lila Lilian Liliane Lily Linda Lionel Lisa Lise Liz Lola Lorenzo Loris Louis Louisa Louise Loïc Luc Luca Lucas
    Lucette Lucie Lucien Lucienne Lucile Ludivine Ludovic Luigi Luis Luiz Lydia Lydie Lyndon Léa Léo Léon Léonard
    Léonie Madeleine Maeva Magali Magalie Mahamat Mahmoud Malala Malika Manon Manuel Manuela Marc Marceau Marcel
    Marcelle Marco Marcus Margaret Margaux Margot Marguerite Maria Marianne Marie Marielle Marin Marina Marine
    Mario Marion Marius Marjorie Mark Marlène Martha Martial Martin Martine Mary Maryse Mathias Mathieu Mathilde
    Matteo Matthew Matthias Matthieu Maud Maurice Mauricio Max Maxence Maxime Maximilien Maëlle Maïka Maïté Megan
    Meghan Mehdi Melania Mercedes Michaël Michel Michelle Michèle Mickaël Miguel Mike Mikhaïl Mireille Miriam
    Mitch Mitt Mohamed Mohammad Mohammed Monica Monique Morgan Morgane Mouloud Mouna Mounir Moussa Muhammad Muriel
    Murielle Mustafa Mustapha Myriam Mégane Mélanie Mélissa Mélodie Nabil Nadia Nadine Nadège Najat Nancy Naomi
    Narendra Nasser Natacha Natalia Natalie Nathalie Nathan Neil Nelson Nicholas Nick Nicola Nicolas Nicole Nigel
    Nikita Nikolaï Nina Noah Noam Nora Norbert Noé Noémie Noël Noëlle Octave Odette Odile Olaf Oleg Olga Olive
    Oliver Olivia Olivier Omar Ophélie Oriane Osama Oscar Otto Ousmane Pablo Paolo Pascal Pascale Patrice Patricia
    Patrick Paul Paula Paule Paulette Pauline Paulo Pedro Peggy Penelope Perrine Peter Petra Phil Philip Philippe
    Philippine Pierre Pierrette Pietro Prosper Quentin Rachel Rachid Rachida Rafael Rahul Ralph Raoul Raphaël
    Raphaëlle Rashida Raymond Raymonde Rebecca Recep Redoine Renaud René Renée Ricardo Richard Rick Rita Robert
    Roberto Robin Rodolphe Rodrigo Rodrigue Roger Roland Romain Roman Roméo Ron Ronald Ronan Rosalie Roselyne
    Rosine Roxane Ruben Rudy Russell Ruth Ryan Régine Régis Réjean Rémi Rémy Sabine Sabrina Sacha Salah Salim
    Salma Salvador Sam Samantha Samia Samir Samira Sammy Samuel Sandra Sandrine Sandy Sara Sarah Saskia Saïd Scott
    Sean Selma Serena Serge Sergio Sergueï Shannon Sharon Shinzo Sibyle Sidonie Silvia Silvio Simon Simone
    Simonetta Sofia Solange Solène Sonia Sophie Stacy Stanislas Stefan Stefano Stella Stephen Steve Steven Stewart
    Stuart Stéphane Stéphanie Sunita Susan Susana Suzanne Sven Sylvain Sylvaine Sylvette Sylvia Sylvie Sébastien
    Ségolène Séverine Tanguy Tania Tarek Tariq Tatiana Teddy Teresa Terry Thaïs Theresa Thibault Thibaut Thierry
    Thomas Théo Théodore Thérèse Tiffany Tim Timothy Timothée Tina Tobias Todd Tom Tommy Toni Tony Tristan Ulrich
    Ulysse Ursula Valentin Valentina Valentine Valéria Valérie Vanessa Vicky Victoire Victor Victoria Viktor
    Vincent Violaine Violette Virginie Viviane Vladimir Volodymyr Véronique Walter Warren Wendy Werner Wilfried
    Will William Willy Winston Wolfgang Xavier Yacine Yanis Yann Yannick Yasmina Yasser Yassine Yoann Yohan
    Yolande Youri Youssef Yusuf Yvan Yves Yvette Yvon Yvonne Zacharie Zachary Zineb Zinedine Zoé Ève Édouard
    Éliane Élie Élisa Élisabeth Élise Élodie Éloïse Éléonore Émeline Émile Émilie Éric Érik Étienne Évelyne
    """
)

PLACES = _names(
    """
    Afghanistan, Afrique du Sud, South Africa, Albanie, Albania, Algérie, Algeria, Allemagne, Germany, Andorre,
    Angola, Arabie saoudite, Saudi Arabia, Argentine, Argentina, Arménie, Armenia, Australie, Australia, Autriche,
    Austria, Azerbaïdjan, Azerbaijan, Bahreïn, Bahrain, Bangladesh, Belgique, Belgium, Bénin, Benin, Biélorussie,
    Belarus, Birmanie, Myanmar, Bolivie, Bolivia, Bosnie, Bosnia, Bosnie-Herzégovine, Botswana, Brésil, Brazil,
    Bulgarie, Bulgaria, Burkina Faso, Burundi, Cambodge, Cambodia, Cameroun, Cameroon, Canada, Cap-Vert,
    Centrafrique, Chili, Chile, Chine, China, Chypre, Cyprus, Colombie, Colombia, Comores, Congo, Corée du Nord,
    North Korea, Corée du Sud, South Korea, Corée, Costa Rica, Côte d'Ivoire, Ivory Coast, Croatie, Croatia, Cuba,
    Danemark, Denmark, Djibouti, Égypte, Egypt, Émirats arabes unis, Émirats, Équateur, Ecuador, Érythrée,
    Eritrea, Espagne, Spain, Estonie, Estonia, Eswatini, États-Unis, United States, Éthiopie, Ethiopia, Fidji,
    Fiji, Finlande, Finland, France, Gabon, Gambie, Gambia, Géorgie, Georgia, Ghana, Grèce, Greece, Guatemala,
    Guinée, Guinea, Guyana, Haïti, Haiti, Honduras, Hongrie, Hungary, Inde, India, Indonésie, Indonesia, Irak,
    Iraq, Iran, Irlande, Ireland, Islande, Iceland, Israël, Israel, Italie, Italy, Jamaïque, Jamaica, Japon,
    Japan, Jordanie, Jordan, Kazakhstan, Kenya, Kirghizstan, Kosovo, Koweït, Kuwait, Laos, Lesotho, Lettonie,
    Latvia, Liban, Lebanon, Liberia, Libye, Libya, Liechtenstein, Lituanie, Lithuania, Luxembourg, Macédoine du
    Nord, Madagascar, Malaisie, Malaysia, Malawi, Maldives, Mali, Malte, Malta, Maroc, Morocco, Maurice,
    Mauritanie, Mauritania, Mexique, Mexico, Moldavie, Moldova, Monaco, Mongolie, Mongolia, Monténégro,
    Montenegro, Mozambique, Namibie, Namibia, Népal, Nepal, Nicaragua, Niger, Nigeria, Norvège, Norway,
    Nouvelle-Zélande, New Zealand, Oman, Ouganda, Uganda, Ouzbékistan, Uzbekistan, Pakistan, Palestine, Panama,
    Papouasie-Nouvelle-Guinée, Paraguay, Pays-Bas, Netherlands, Pérou, Peru, Philippines, Pologne, Poland,
    Portugal, Qatar, République tchèque, Czech Republic, République dominicaine, République démocratique du Congo,
    Roumanie, Romania, Royaume-Uni, United Kingdom, Britain, Great Britain, Russie, Russia, Rwanda, Salvador,
    Sénégal, Senegal, Serbie, Serbia, Seychelles, Sierra Leone, Singapour, Singapore, Slovaquie, Slovakia,
    Slovénie, Slovenia, Somalie, Somalia, Soudan, Sudan, Sri Lanka, Suède, Sweden, Suisse, Switzerland, Suriname,
    Syrie, Syria, Tadjikistan, Taïwan, Taiwan, Tanzanie, Tanzania, Tchad, Chad, Tchéquie, Thaïlande, Thailand,
    Togo, Tunisie, Tunisia, Turkménistan, Turquie, Turkey, Ukraine, Uruguay, Vatican, Venezuela, Viêt Nam,
    Vietnam, Yémen, Yemen, Zambie, Zambia, Zimbabwe, Afrique, Africa, Amérique, America, Amérique du Nord, North
    America, Amérique du Sud, South America, Amérique latine, Latin America, Antarctique, Antarctica, Arctique,
    Asie, Asia, Europe, Océanie, Proche-Orient, Moyen-Orient, Middle East, Maghreb, Sahel, Caraïbes, Balkans,
    Caucase, Scandinavie, Méditerranée, Atlantique, Alpes, Pyrénées, Vosges, Jura, Ardennes, Cévennes, Angleterre,
    England, Écosse, Scotland, Pays de Galles, Wales, Irlande du Nord, Catalogne, Andalousie, Lombardie, Sicile,
    Sardaigne, Bavière, Flandre, Wallonie, Crimée, Donbass, Sibérie, Tibet, Kurdistan, Cisjordanie, West Bank,
    Gaza, Californie, California, Floride, Florida, Texas, Arizona, Louisiane, Minnesota, Pennsylvanie, Québec,
    Quebec, Ontario, Alberta, Manitoba, Hawaï, Manhattan, Brooklyn, Hollywood, Silicon Valley, Alsace, Aquitaine,
    Auvergne, Auvergne-Rhône-Alpes, Bourgogne, Bourgogne-Franche-Comté, Bretagne, Brittany, Centre-Val de Loire,
    Champagne, Champagne-Ardenne, Corse, Corsica, Franche-Comté, Grand Est, Hauts-de-France, Île-de-France,
    Languedoc, Limousin, Lorraine, Midi-Pyrénées, Normandie, Normandy, Nouvelle-Aquitaine, Occitanie, Pays de la
    Loire, Pays basque, Picardie, Poitou, Poitou-Charentes, Provence, Provence-Alpes-Côte d'Azur, Côte d'Azur,
    Rhône-Alpes, Savoie, Ain, Aisne, Allier, Alpes-Maritimes, Ardèche, Ariège, Aube, Aude, Aveyron, Bas-Rhin,
    Bouches-du-Rhône, Calvados, Cantal, Charente, Charente-Maritime, Cher, Corrèze, Corse-du-Sud, Côte-d'Or,
    Côtes-d'Armor, Creuse, Deux-Sèvres, Dordogne, Doubs, Drôme, Essonne, Eure, Eure-et-Loir, Finistère, Gard,
    Gers, Gironde, Haut-Rhin, Haute-Corse, Haute-Garonne, Haute-Loire, Haute-Marne, Haute-Saône, Haute-Savoie,
    Haute-Vienne, Hautes-Alpes, Hautes-Pyrénées, Hauts-de-Seine, Hérault, Ille-et-Vilaine, Indre, Indre-et-Loire,
    Isère, Landes, Loir-et-Cher, Loire, Loire-Atlantique, Loiret, Lot, Lot-et-Garonne, Lozère, Maine-et-Loire,
    Manche, Marne, Mayenne, Meurthe-et-Moselle, Meuse, Morbihan, Moselle, Nièvre, Oise, Orne, Pas-de-Calais,
    Puy-de-Dôme, Pyrénées-Atlantiques, Pyrénées-Orientales, Rhône, Sarthe, Saône-et-Loire, Seine, Seine-Maritime,
    Seine-Saint-Denis, Seine-et-Marne, Somme, Tarn, Tarn-et-Garonne, Territoire de Belfort, Val-d'Oise,
    Val-de-Marne, Var, Vaucluse, Vendée, Vienne, Yonne, Yvelines, Guadeloupe, Guyane, La Réunion, Martinique,
    Mayotte, Nouvelle-Calédonie, Polynésie, Polynésie française, Saint-Martin, Saint-Barthélemy, Paris, Marseille,
    Lyon, Toulouse, Nice, Nantes, Montpellier, Strasbourg, Bordeaux, Lille, Rennes, Reims, Toulon, Saint-Étienne,
    Le Havre, Grenoble, Dijon, Angers, Nîmes, Villeurbanne, Saint-Denis, Aix-en-Provence, Brest, Le Mans, Amiens,
    Tours, Limoges, Clermont-Ferrand, Besançon, Metz, Perpignan, Orléans, Mulhouse, Rouen, Caen, Nancy, Avignon,
    Poitiers, Versailles, Pau, La Rochelle, Calais, Cannes, Antibes, Béziers, Ajaccio, Bastia, Dunkerque, Valence,
    Quimper, Lorient, Vannes, Troyes, Chambéry, Annecy, Bayonne, Biarritz, Lourdes, Tourcoing, Roubaix, Nanterre,
    Créteil, Bobigny, Matignon, Roissy, Orly, Londres, London, Bruxelles, Brussels, Berlin, Madrid, Barcelone,
    Barcelona, Rome, Milan, Turin, Naples, Venise, Venice, Gênes, Lisbonne, Lisbon, Porto, Athènes, Athens,
    Vienna, Genève, Geneva, Zurich, Lausanne, Berne, Bâle, Amsterdam, Rotterdam, La Haye, The Hague, Copenhague,
    Copenhagen, Stockholm, Oslo, Helsinki, Dublin, Édimbourg, Edinburgh, Glasgow, Manchester, Liverpool, Varsovie,
    Warsaw, Prague, Budapest, Bucarest, Bucharest, Sofia, Belgrade, Zagreb, Sarajevo, Tirana, Kiev, Kyiv, Minsk,
    Moscou, Moscow, Saint-Pétersbourg, Sotchi, Riga, Vilnius, Tallinn, Hambourg, Hamburg, Munich, Francfort,
    Frankfurt, Cologne, Anvers, Antwerp, Liège, Charleroi, Istanbul, Ankara, Jérusalem, Jerusalem, Tel-Aviv, Tel
    Aviv, Ramallah, Beyrouth, Beirut, Damas, Damascus, Alep, Bagdad, Baghdad, Mossoul, Téhéran, Tehran, Riyad,
    Riyadh, Doha, Dubaï, Dubai, Abou Dhabi, Kaboul, Kabul, Islamabad, Karachi, New Delhi, Delhi, Bombay, Mumbai,
    Dacca, Katmandou, Bangkok, Hanoï, Jakarta, Manille, Manila, Pékin, Beijing, Shanghai, Hong Kong, Hongkong,
    Wuhan, Séoul, Seoul, Pyongyang, Tokyo, Osaka, Sydney, Melbourne, Canberra, Le Caire, Cairo, Alger, Algiers,
    Tunis, Tripoli, Rabat, Casablanca, Marrakech, Dakar, Bamako, Abidjan, Ouagadougou, Niamey, Lagos, Abuja,
    Accra, Lomé, Kinshasa, Brazzaville, Libreville, Yaoundé, Nairobi, Addis-Abeba, Kigali, Khartoum, Johannesburg,
    Pretoria, Le Cap, Cape Town, Antananarivo, New York, Washington, Boston, Chicago, Los Angeles, San Francisco,
    Miami, Houston, Dallas, Atlanta, Seattle, Las Vegas, Detroit, Philadelphie, Philadelphia, Minneapolis, La
    Nouvelle-Orléans, New Orleans, Montréal, Montreal, Toronto, Ottawa, Vancouver, Mexico City, La Havane, Havana,
    Bogota, Caracas, Lima, Quito, Santiago, Buenos Aires, Montevideo, Brasilia, Rio de Janeiro, São Paulo, Sao
    Paulo, Iqaluit
    """
)

ORGANISATIONS = _names(
    """
    SNCF, RATP, EDF, AFP, RTL, RMC, BFM, BFMTV, CNEWS, LCI, CNN, BBC, CBS, NBC, TF1, TVA, LR, LREM, PS, PCF, RN,
    FN, EELV, LFI, UDI, UMP, NPA, CRCE, CGT, CFDT, FO, CFTC, FSU, FNSEA, ONU, UE, OMS, FMI, OCDE, OTAN, EU, IMF,
    FIFA, UEFA, CIO, NBA, PSG, FBI, CIA, NSA, CNRS, ANSM, DGCCRF, DGSI, DGSE, GIGN, IGPN, CSA, HATVP, CNIL, CEDH,
    CPI, LVMH, IBM, Agence France-Presse, Reuters, Associated Press, Le Monde, Le Figaro, Le Parisien, Libération,
    La Croix, L'Humanité, Les Échos, La Tribune, La Provence, La Dépêche, La Dépêche du Midi, La Montagne, La Voix
    du Nord, Le Progrès, Le Télégramme, Le Dauphiné libéré, Le Canard enchaîné, Le Journal du Dimanche, Le Point,
    L'Express, L'Obs, Paris Match, Paris-Match, Closer, Gala, Télérama, Télé-Loisirs, Télé 7 Jours, Ouest-France,
    Ouest France, Sud-Ouest, Sud Ouest, Nice-Matin, Var-Matin, Midi Libre, Presse Océan, Est Républicain,
    L'Équipe, 20 Minutes, Mediapart, Valeurs Actuelles, Franceinfo, France Info, France Inter, France Bleu, France
    Culture, France Télévisions, Radio France, Europe 1, Sud Radio, Public Sénat, Corriere della Sera, La
    Repubblica, Huffington Post, HuffPost, New York Times, Washington Post, Wall Street Journal, Financial Times,
    The Guardian, Daily Mail, The Times, The Sun, Fox News, Bild, El País, El Mundo, Spiegel, Der Spiegel, La
    Stampa, Sénat, Assemblée, Assemblée nationale, Sénat américain, Congrès, Parlement, Élysée, Matignon, Bercy,
    Quai d'Orsay, Maison Blanche, White House, Pentagone, Pentagon, Kremlin, Commission européenne, European
    Commission, Union européenne, European Union, Parlement européen, Conseil constitutionnel, Conseil d'État,
    Conseil de l'Europe, Cour des comptes, Cour de cassation, Cour suprême, Supreme Court, Nations unies, Nations
    Unies, United Nations, Otan, NATO, Unesco, Unicef, Interpol, Europol, Banque mondiale, World Bank,
    Croix-Rouge, Red Cross, Banque de France, Caisse des dépôts, Sécurité sociale, Assurance maladie, Pôle emploi,
    France Travail, Urssaf, Insee, Inserm, Ifop, Ipsos, Elabe, Medef, Cnil, Arcep, Anses, Nasa, Météo France,
    Météo-France, Académie française, Armée Rouge, République en marche, La République en marche, La France
    insoumise, France insoumise, Rassemblement national, Front national, Parti socialiste, Les Républicains,
    MoDem, Charlie Hebdo, Radio Classique, Europe Écologie-Les Verts, Lutte ouvrière, Labour Party, Conservative
    Party, Democratic Party, Republican Party, Hamas, Hezbollah, Al-Qaïda, Daech, État islamique, Talibans,
    Greenpeace, Amnesty International, Human Rights Watch, Médecins sans frontières, Emmaüs, Apple, Microsoft,
    Google, Amazon, Netflix, Tesla, OpenAI, SpaceX, Samsung, Huawei, Sony, Intel, Nvidia, Uber, Airbnb, Disney,
    Boeing, Airbus, Dassault, Thales, Safran, Renault, Peugeot, Citroën, Stellantis, Volkswagen, Toyota, Ford,
    Nissan, Michelin, TotalEnergies, Engie, Veolia, Danone, Nestlé, Carrefour, Auchan, Leclerc, Lidl, Monoprix,
    L'Oréal, Sanofi, Pfizer, Moderna, AstraZeneca, Bayer, Monsanto, Alstom, Bouygues, Vinci, Eiffage, Vivendi,
    Lagardère, Lactalis, Hermès, Chanel, Dior, Vuitton, Louis Vuitton, Baccarat, Air France, Air France-KLM,
    Ryanair, EasyJet, Transavia, Eurotunnel, Eurostar, Société générale, Société Générale, Crédit agricole, Crédit
    mutuel, BNP Paribas, La Poste, Goldman Sachs, Virgin Galactic, Blue Origin, Lockheed Martin, Rolls-Royce,
    Rolls Royce, Arte, Canal+, M6, C8, W9, Bpifrance, Real Madrid, FC Barcelone, Manchester United, Paris
    Saint-Germain, Olympique de Marseille, Olympique lyonnais
    """
)

AFTER_ARTICLE = {
    "Parisien": "Le Parisien",
    "Figaro": "Le Figaro",
    "Télégramme": "Le Télégramme",
    "Progrès": "Le Progrès",
    "Canard enchaîné": "Le Canard enchaîné",
    "Journal du Dimanche": "Le Journal du Dimanche",
    "JDD": "Le Journal du Dimanche",
    "Guardian": "The Guardian",
}
"""Newspapers that are meant only where an article or « du », « au » stands before them."""

NOT_ORGANISATIONS = _words(
    """
    SRAS MW USA US UK EAU RDC PACA UAE CHU CHRU ONG TNT THC ITT CENTRE ADN ARN BTP CD CDD CDI CV DVD ÉTÉ EPS FAQ FIV GMT
    GPA GPS HD HLM IA AI IRM ISF IST IVG KM LBD LGBT LGBTQ MM NB NDLR OGM ORL PC PDF PDG CEO PIB GDP PLU PMA
    PME PS5 QG QR RDV RER RIC RSA SDF SMIC SMS SOS SUV TER TGV TV TVA UV UVA VAE VIH VO VTC VTT WC ZAD ZEP RN7 USB
    UTC VIP XL DRH IP HIV DNA TEE DIY LED OK OVNI UFO VIDEO VIDÉO INFO LIVE EN DIRECT PHOTOS PHOTO EXCLUSIF
    BD DJ CP CE CM RTT HT TTC ETA FR RIB RIP
    """
)
"""Acronyms that name no organisation."""
PERSON_CUES = _words(
    """
    m mm mme mmes mlle me dr pr mgr monsieur madame mademoiselle maître docteur professeur mr mrs ms miss prof sir
    lady président présidente vice-président vice-présidente ex-président ex-présidente ministre ex-ministre maire
    adjoint adjointe député députée eurodéputé eurodéputée sénateur sénatrice secrétaire préfet préfète procureur
    procureure juge magistrat magistrate avocat avocate directeur directrice patron patronne pdg dirigeant
    dirigeante fondateur fondatrice cofondateur cofondatrice porte-parole chef cheffe leader candidat candidate
    conseiller conseillère élu élue général colonel capitaine commandant commissaire adjudant lieutenant gendarme
    roi reine prince princesse pape cardinal évêque imam père frère sœur fils fille mari épouse femme compagne
    compagnon veuve mère acteur actrice comédien comédienne chanteur chanteuse rappeur rappeuse humoriste
    imitateur animateur animatrice journaliste présentateur présentatrice réalisateur réalisatrice cinéaste
    écrivain écrivaine romancier romancière auteur autrice auteure artiste peintre musicien musicienne hautboïste
    chercheur chercheuse économiste historien historienne sociologue politologue philosophe infectiologue
    épidémiologiste médecin chirurgien astronaute spationaute footballeur joueur joueuse attaquant défenseur
    gardien entraîneur sélectionneur cycliste skipper pilote nageur nageuse tennisman milliardaire activiste
    militant militante rival rivale dénommé nommé prénommé suspect terroriste braqueur locataire étudiant
    étudiante lycéen retraité agriculteur president chairman chairwoman minister mayor senator congressman
    congresswoman secretary judge lawyer director founder co-founder chief executive spokesman spokeswoman king
    queen pope actor actress singer writer author artist historian economist professor researcher analyst coach
    captain student reporter
    """
)
"""Words before a name that say: this is a person."""

HEADS_OF = _words("patron patronne pdg dirigeant dirigeante cofondateur cofondatrice head ceo boss co-founder")
"""People at the head of a company: « le patron de Renault »."""

ORGANISATION_CUES = _words(
    """
    groupe société entreprise compagnie constructeur équipementier avionneur quotidien journal hebdomadaire
    mensuel magazine chaîne site radio agence parti syndicat association ong fondation banque opérateur
    distributeur start-up éditeur géant marque enseigne plateforme laboratoire club équipe cabinet institut
    organisation organisme collectif fédération mouvement formation assureur fabricant filiale coopérative group
    company firm newspaper daily channel agency party union bank charity startup operator manufacturer maker giant
    broadcaster airline retailer
    """
)
"""Words before a name that say: this is an organisation."""

ORGANISATION_HEADS = _words(
    """
    Académie Agence Airlines Alliance Armée Assemblée Association Autorité Banque Bureau Caisse Centre Chambre
    Club Collectif Comité Commission Compagnie Confédération Conseil Cour Coalition Commissariat
    Direction École Fédération Fondation Fonds Front Groupe Groupement Haut-Commissariat Haute-Autorité Institut
    Laboratoire Maison Ministère Mouvement Mutuelle Observatoire Office Olympique Opéra Orchestre Ordre
    Organisation Parlement Parti Préfecture Rassemblement Réseau Secours Société Stade Syndicat Tribunal Union
    Université Academy Agency Authority Bank Board Chamber College Committee Company Corporation Council Court
    Department Federation Foundation Fund Group Institute League Ministry Movement Museum Organization Parliament
    Party School Society Trust University Inc Ltd Corp Plc GmbH
    """
)
"""Capitalised words that stand in the name of an organisation."""

NAME_ADJECTIVES = _words(
    """
    national nationale nationaux nationales général générale européen européenne international internationale
    internationales central centrale social sociale fédéral fédérale populaire socialiste communiste démocrate
    démocratique républicain républicaine constitutionnel suprême mondial mondiale unies français française
    supérieur supérieure municipal municipale régional régionale départemental départementale économique
    scientifique symphonique philharmonique lyonnais agricole mutuel primaire public publique judiciaire nazie
    saoudite africaine africain américaine américain asiatique mondiaux rurale rural civile civil
    """
)
"""Lower-case words that belong to the capitalised name before them."""

PLACE_CUES = _words(
    """
    ville commune village capitale région département province quartier arrondissement canton banlieue
    agglomération métropole île îles archipel mairie habitants habitant gare aéroport port hôpital préfecture
    centre arrêt prison lac forêt vallée plage col massif baie plateau rivière fleuve pont stade station cité
    originaire natif native maire route autoroute golfe détroit péninsule parquet secteur zone environs alentours
    périphérie nord sud est ouest police gendarmerie procureur procureure tribunal appel préfet préfète chu
    université cathédrale académie circuit quartiers city town forest lake valley bay mayor river region county
    island airport suburb
    """
)
"""Nouns that, with « de » or "of" after them, come before a place."""

STARTERS = _words(
    """
    alors ancien ancienne anciens après ainsi afin aussitôt aujourd'hui autre autres autant avant beaucoup bref
    certes certains certaines chez comme contrairement concernant côté dans de depuis
    derrière dès désormais devant durant également elle elles en encore enfin ensuite entre environ et face grâce
    hier hors ici idem il ils jamais jusqu'à là lors lorsque lundi mardi mercredi jeudi vendredi samedi dimanche
    mais malgré mieux moins même mêmes nul oui non or où outre par parce pareil parmi pendant peu personne
    peut-être plus plusieurs plutôt pour pourtant près presque puis puisque quand quant quatre quel quelle quelque
    quelques quoi rien sans sauf selon seul seule seules seuls si soit sous soudain souvent suite sur surtout
    tandis tant tel telle toujours tout toute toutes tous toutefois très trois trop un une unique vers via voici
    voilà vu cinq six sept huit neuf dix deux cent mille merci bonjour bonsoir résultat reste chacun chacune celui
    celle ceux celles ce cet cette ces cela ça son sa ses leur leurs mon ma mes ton ta tes notre nos votre vos je
    tu nous vous on qui que dont né née âgé âgée interrogé interrogée invité invitée cité citée monsieur madame
    mesdames messieurs a about above according after again against ago all almost along already also although
    among an and another any anyone as at away back because before behind below beneath beside besides between
    beyond both but by despite down during each either even every everyone everything few finally first for from
    further he her here hers his how however i if in indeed inside instead into it its just last later least less
    like many maybe meanwhile more moreover most much my near nearly neither never nevertheless next no nobody
    none nor nothing now of off often once one only other others our out outside over perhaps rather same second
    several she since so some someone something sometimes soon still such than that the their them then there
    therefore these they third this those though three through throughout thus to today together tomorrow tonight
    too toward towards two under unless until up upon us very we what whatever when where whether which while who
    whom whose why with within without yes yesterday yet you your monday tuesday wednesday thursday friday
    saturday sunday
    """
)
"""Words that open a sentence and belong to no name."""

COMMON = _words(
    """
    Français Française Françaises Américain Américains Américaine Américaines Anglais Britannique Britanniques
    Allemand Allemands Italien Italiens Espagnol Espagnols Russe Russes Chinois Chinoise Japonais Européen
    Européens Européenne Africain Africains Parisiens Parisienne Parisiennes Marseillais Lyonnais Nantais
    Bordelais Toulousains Israéliens Israélien Palestiniens Palestinien Ukrainiens Ukrainien Turcs Iraniens
    Syriens Algériens Belges Suisses Canadiens Québécois Juif Juifs Musulmans Musulman Catholiques Chrétiens
    Gambien Polonais Roms Noirs Afghans Irakiens Marocains Tunisiens Républicain Républicains Démocrate Démocrates
    Premier Première État États Etat Etats République Covid Covid-19 Coronavirus Internet Web Toile Facebook
    Twitter Instagram YouTube WhatsApp Snapchat TikTok Noël Pâques Toussaint Ascension Pentecôte Dieu Terre Lune
    Mars Soleil Bourse Nord Sud Est Ouest Sud-Ouest Sud-Est Nord-Est Nord-Ouest North South East West Français-es
    Ramadan Brexit Loto Coupe Mondial Euro Jeux Tour Ligue Grand Grande Prix Constitution Code Histoire
    Etats-généraux Seconde Guerre Mondiale French American Americans British German Germans Italian Spanish
    Russian Russians Chinese Japanese European Europeans African Indian Israeli Palestinian Ukrainian English
    Christmas Easter God Earth Janvier Février Avril Mai Juin Juillet Août Septembre Octobre Novembre Décembre
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Mr Mrs Ms Mme Mmes Mlle MM Dr Pr Me Mgr St Ste Monsieur Madame
    """
)
"""Capitalised words that, alone, are no key fact: peoples, feasts, networks, points of the compass."""
