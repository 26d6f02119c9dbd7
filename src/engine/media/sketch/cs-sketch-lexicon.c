/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-lexicon.h"

#define FAMILY(name, weight, words) { words, CS_SKETCH_SAYS_FAMILY, CS_SKETCH_##name, weight }
#define SUBJECT(name, words) { words, CS_SKETCH_SAYS_SUBJECT, CS_SKETCH_##name, 0 }
#define TIME(name, words) { words, CS_SKETCH_SAYS_TIME, CS_SKETCH_##name, 0 }
#define WEATHER(name, words) { words, CS_SKETCH_SAYS_WEATHER, CS_SKETCH_##name, 0 }
#define MOVE(name, words) { words, CS_SKETCH_SAYS_MOVE, CS_SKETCH_MOVE_##name, 0 }
#define SAYS(what, value, words) { words, CS_SKETCH_SAYS_##what, value, 0 }

static const CsSketchMeaning meanings[] = {
  /* Places. */
  FAMILY (SEA, 3, "mer|ocean|plage|vague|littoral|cote|oceanique|marin|maritime|port|mediterranee|sea|beach|wave|coast|"
                  "shore|harbour|harbor|mediterranean|surf|بحر|محيط|شاطي|موج|امواج|ساحل|ميناء"),
  FAMILY (LAKE, 4, "lac|etang|fjord|lake|pond|بحيره"),
  FAMILY (LAKE, 2, "montagne|alpes|himalaya|sommet|vallee|glacier|djurdjura|paysage|nature|mountain|alps|peak|valley|"
                   "landscape|جبل|جبال|وادي|طبيعه|منظر"),
  FAMILY (CITY, 3, "ville|cite|metropole|urbain|centre ville|city|town|downtown|urban|metropolis|مدينه|مدن"),
  FAMILY (CITY, 3, "tokyo|new york|manhattan|paris|londres|london|dubai|shanghai|hong kong|طوكيو|نيويورك|باريس|دبي"),
  FAMILY (FOREST, 4, "foret|bois|clairiere|sous bois|forest|wood|woodland|غابه|غابات"),
  FAMILY (DESERT, 4, "desert|dune|sahara|sable|oasis|tassili|hoggar|tamanrasset|sand|صحراء|كثبان|رمال|واحه"),
  FAMILY (SPACE, 3, "espace|galaxie|nebuleuse|cosmos|univers|cosmique|orbite|space|galaxy|nebula|universe|cosmic|"
                    "orbit|فضاء|مجره|سديم"),
  FAMILY (TABLE, 3, "produit|publicite|vitrine|studio|packaging|interieur|salon|cuisine|bureau|chambre|nature morte|"
                    "product|advert|showcase|interior|kitchen|living room|office|bedroom|still life|منتج|اعلان|مطبخ|"
                    "غرفه|مكتب"),
  FAMILY (ROAD, 3, "route|autoroute|rue|boulevard|circuit|chemin|road|highway|street|avenue|track|طريق|شارع|شوارع"),
  FAMILY (PORTRAIT, 2, "emotion|expression|sourire|regard|mode|mannequin|emotions|smile|fashion|ابتسامه|مشاعر"),
  FAMILY (ANIMAL, 3, "animal|animaux|ferme|savane|prairie|pre|faune|animals|farm|savanna|meadow|wildlife|safari|حيوان|"
                     "حيوانات|مزرعه|مرج"),
  FAMILY (ABSTRACT, 3, "abstrait|donnee|algorithme|numerique|digital|technologie|cyber|code|informatique|concept|idee|"
                       "innovation|abstract|data|algorithm|technology|computing|software|idea|neural|مجرد|بيانات|"
                       "خوارزميه|تكنولوجيا|تقنيه|رقمي|برمجه|فكره"),
  FAMILY (ABSTRACT, 4, "intelligence artificielle|artificial intelligence|machine learning|deep learning|ia|ai|"
                       "ذكاء اصطناعي|الذكاء الاصطناعي|ذكاء"),
  FAMILY (SKY, 2, "ciel|nuage|mongolfiere|montgolfiere|sky|cloud|balloon|سماء|سحاب|غيوم"),
  FAMILY (GARDEN, 4, "jardin|parc|japonais|garden|park|japanese|zen|حديقه|ياباني"),
  FAMILY (VILLAGE, 4, "village|medina|hameau|souk|ruelle|alger|algerie|algiers|algeria|ghardaia|santorin|santorini|قريه|"
                      "جزاير|جزايري|سوق"),

  /* Things. */
  SUBJECT (LIGHTHOUSE, "phare|lighthouse|مناره بحريه|فنار"),
  SUBJECT (BOAT, "bateau|bateaux|voilier|navire|barque|pirogue|boat|sailboat|sailing|ship|yacht|قارب|سفينه|مركب"),
  SUBJECT (ISLAND, "ile|ilot|archipel|island|isle|جزيره|جزر"),
  SUBJECT (WHALE, "baleine|dauphin|whale|dolphin|حوت|دلفين"),
  SUBJECT (FISH, "poisson|recif|corail|sous marin|fish|reef|coral|underwater|سمك|اسماك|مرجان"),
  SUBJECT (BIRD, "oiseau|oiseaux|mouette|aigle|cigogne|colombe|bird|seagull|eagle|stork|dove|طاير|طيور|نسر|لقلق"),
  SUBJECT (MOON, "lune|pleine lune|moon|moonlight|قمر"),
  SUBJECT (SUN, "soleil|sun|شمس"),
  SUBJECT (STARS, "etoile|etoiles|etoilee|etoile|voie lactee|star|starry|milky way|نجم|نجوم"),
  SUBJECT (AURORA, "aurore boreale|aurores boreales|aurora|northern lights|شفق قطبي|الشفق القطبي"),
  SUBJECT (RAINBOW, "arc en ciel|rainbow|قوس قزح"),
  SUBJECT (MOUNTAIN, "montagne|alpes|sommet|himalaya|mountain|peak|جبل|جبال"),
  SUBJECT (WATERFALL, "cascade|chute d eau|waterfall|شلال"),
  SUBJECT (RIVER, "riviere|fleuve|ruisseau|river|stream|نهر"),
  SUBJECT (CABIN, "cabane|chalet|maison|cabin|house|cottage|hut|بيت|منزل|كوخ"),
  SUBJECT (TOWER, "tour|gratte ciel|immeuble|building|batiment|skyscraper|tower|skyline|برج|ابراج|ناطحه سحاب|ناطحات سحاب"),
  SUBJECT (FLYING, "volant|volante|flottant|flottante|flying|floating|levitating|طايره|عايمه|عايم"),
  SUBJECT (FUTURE, "futuriste|futur|science fiction|cyberpunk|futuristic|future|sci fi|مستقبل|مستقبلي|مستقبليه"),
  SUBJECT (NEON, "neon|neons|enseigne|enseignes lumineuses|cyberpunk|tokyo|نيون"),
  SUBJECT (CAR, "voiture|auto|automobile|bolide|camion|taxi|car|truck|vehicle|vehicule|سياره|سيارات|شاحنه"),
  SUBJECT (CHASE, "course|poursuite|course poursuite|race|chase|racing|سباق|مطارده"),
  SUBJECT (TRAIN, "train|metro|tgv|tramway|subway|قطار|مترو"),
  SUBJECT (BRIDGE, "pont|bridge|جسر"),
  SUBJECT (CASBAH, "casbah|kasbah|medina|قصبه"),
  SUBJECT (MOSQUE, "mosquee|minaret|mosque|مسجد|ميذنه|جامع"),
  SUBJECT (TEMPLE, "temple|pagode|torii|sanctuaire|pagoda|shrine|معبد"),
  SUBJECT (CASTLE, "chateau|forteresse|palais|castle|fortress|palace|قلعه|قصر"),
  SUBJECT (CHERRY, "cerisier|cerisiers en fleurs|sakura|cherry|cherry blossom|blossom|كرز|ازهار الكرز"),
  SUBJECT (FLOWER, "fleur|rose|tulipe|tournesol|coquelicot|lavande|flower|tulip|sunflower|poppy|lavender|زهره|زهور|ورد|ورده"),
  SUBJECT (TREE, "arbre|sapin|chene|olivier|cedre|tree|pine|oak|شجره|اشجار|زيتون|ارز"),
  SUBJECT (PALM, "palmier|cocotier|palmeraie|palm|coconut|نخله|نخيل"),
  SUBJECT (JUNGLE, "tropical|tropicale|tropicaux|jungle|amazonie|rainforest|amazon|استوايي|استواييه|ادغال"),
  SUBJECT (WINDMILL, "moulin|eolienne|windmill|wind turbine|طاحونه"),
  SUBJECT (DRAGON, "dragon|wyvern|تنين"),
  SUBJECT (CAT, "chat|chaton|chatte|cat|kitten|قط|قطه|قطط"),
  SUBJECT (DOG, "chien|chiot|loup|dog|puppy|wolf|كلب|ذيب"),
  SUBJECT (HORSE, "cheval|chevaux|poney|jument|horse|pony|stallion|حصان|خيل|خيول|فرس"),
  SUBJECT (LION, "lion|lionne|tigre|leopard|tiger|lioness|cheetah|اسد|نمر|فهد"),
  SUBJECT (CAMEL, "chameau|chameaux|dromadaire|caravane|camel|caravan|dromedary|جمل|ابل|قافله"),
  SUBJECT (BUTTERFLY, "papillon|abeille|butterfly|bee|فراشه|فراشات|نحله"),
  SUBJECT (ASTRONAUT, "astronaute|cosmonaute|spationaute|astronaut|cosmonaut|spaceman|رايد فضاء|رواد فضاء"),
  SUBJECT (ROCKET, "fusee|navette|vaisseau|satellite|rocket|spaceship|shuttle|spacecraft|صاروخ|مركبه فضاييه"),
  SUBJECT (PLANET, "planete|saturne|mars|jupiter|terre|exoplanete|planet|saturn|earth|كوكب|كواكب|زحل|مريخ"),
  SUBJECT (WATCH, "montre|horloge|chronographe|bijou|bague|watch|clock|wristwatch|jewel|ring|ساعه|مجوهرات|خاتم"),
  SUBJECT (BOTTLE, "bouteille|parfum|flacon|cosmetique|creme|bottle|perfume|flask|cosmetic|زجاجه|عطر|قاروره"),
  SUBJECT (CUP, "tasse|cafe|verre|theiere|cup|coffee|tea|mug|glass|teapot|قهوه|شاي|كوب|فنجان"),
  SUBJECT (BOOK, "livre|cahier|bibliotheque|book|notebook|library|كتاب|كتب|مكتبه"),
  SUBJECT (PHONE, "telephone|smartphone|tablette|ordinateur|ecran|phone|tablet|laptop|computer|screen|هاتف|حاسوب|كمبيوتر|شاشه"),
  SUBJECT (FRUIT, "fruit|pomme|orange|citron|datte|grenade|gateau|pizza|couscous|nourriture|plat|apple|lemon|cake|food|"
                  "dish|فاكهه|فواكه|تفاحه|تمر|طعام|كعكه"),
  SUBJECT (FIRE, "feu|flamme|cheminee|bougie|volcan|lave|fire|flame|campfire|candle|volcano|lava|نار|لهب|شمعه|بركان"),
  SUBJECT (BRAIN, "cerveau|neurone|cerebral|brain|neuron|mind|دماغ|عقل|مخ"),
  SUBJECT (NETWORK, "reseau|connexion|blockchain|internet|agent|cloud computing|network|connection|node|شبكه|انترنت|وكيل|وكلاء"),
  SUBJECT (SCHOOL, "ecole|education|classe|etudiant|eleve|professeur|universite|apprentissage|formation|school|classroom|"
                   "student|teacher|university|learning|مدرسه|تعليم|طالب|طلاب|معلم|جامعه"),
  SUBJECT (ROBOT_BODY, "robot|androide|humanoide|drone livreur|android|humanoid|cyborg|روبوت|روبوتات"),
  SUBJECT (FOX, "renard|renardeau|fennec|fox|foxes|ثعلب|فنك"),
  SUBJECT (AUTUMN, "automne|automnal|automnale|autumn|fall colors|fall foliage|خريف|خريفي"),
  SUBJECT (MACHINE, "machine|usine|engrenage|moteur|mecanique|industrie|factory|gear|engine|mechanical|industry|اله|مصنع|محرك"),
  SUBJECT (WOMAN, "femme|fille|dame|reine|princesse|danseuse|woman|girl|lady|queen|princess|امراه|فتاه|سيده|ملكه|اميره"),
  SUBJECT (MAN, "homme|garcon|vieillard|roi|guerrier|samourai|touareg|man|boy|king|warrior|samurai|tuareg|رجل|شاب|ملك|محارب|طوارق"),
  SUBJECT (CHILD, "enfant|bebe|gamin|child|children|kid|baby|طفل|طفله|اطفال"),
  SUBJECT (FACE, "visage|portrait|gros plan|humain|personne|personnage|face|close up|closeup|human|person|character|وجه|بورتريه|انسان|شخص"),
  SUBJECT (MUSIC, "musique|concert|guitare|piano|chanson|oud|music|guitar|song|موسيقي|عود|اغنيه"),

  /* The hour and the weather. */
  TIME (DAWN, "aube|aurore|lever de soleil|lever du soleil|matin|matinal|sunrise|dawn|morning|daybreak|شروق|فجر|صباح|الشروق"),
  TIME (DAY, "jour|journee|midi|plein jour|ensoleille|ensoleillee|day|daylight|noon|sunny|midday|نهار|ظهر|مشمس"),
  TIME (SUNSET, "coucher de soleil|coucher du soleil|crepuscule|soir|heure doree|soiree|sunset|dusk|evening|golden hour|"
                "twilight|غروب|مساء|غسق"),
  TIME (NIGHT, "nuit|nocturne|minuit|etoile|etoilee|clair de lune|pleine lune|night|midnight|nighttime|starry|moonlight|"
               "ليل|ليلا|ليله|ليلي"),
  WEATHER (CLEAR, "ciel bleu|degage|clair|clear|cloudless|blue sky|صافي|صافيه"),
  WEATHER (CLOUDY, "nuageux|nuageuse|nuage|couvert|cloudy|cloud|overcast|غايم|غيوم|سحاب"),
  WEATHER (RAIN, "pluie|pluvieux|pluvieuse|averse|bruine|rain|rainy|drizzle|shower|مطر|امطار|ممطر|ماطر"),
  WEATHER (SNOW, "neige|enneige|enneigee|hiver|hivernal|flocon|blizzard|snow|snowy|winter|snowfall|ثلج|ثلوج|شتاء|مثلج"),
  WEATHER (STORM, "orage|orageux|orageuse|tempete|eclair|foudre|tonnerre|ouragan|storm|stormy|lightning|thunder|"
                  "thunderstorm|hurricane|tempest|عاصفه|عاصف|برق|رعد|صاعقه"),
  WEATHER (FOG, "brouillard|brume|brumeux|brumeuse|mist|fog|foggy|misty|hazy|ضباب|ضبابي"),
  WEATHER (WIND, "vent|venteux|brise|bourrasque|wind|windy|breeze|gust|ريح|رياح|نسيم"),

  /* The camera. */
  MOVE (RIGHT, "vers la droite|panoramique|panoramique droite|travelling|traveling|travelling lateral|pan right|pan|"
               "panning|tracking|to the right|الي اليمين|يمينا"),
  MOVE (LEFT, "vers la gauche|panoramique gauche|pan left|to the left|الي اليسار|يسارا"),
  MOVE (UP, "vers le haut|contre plongee|tilt up|tilt|looking up|upward|الي الاعلي"),
  MOVE (DOWN, "vers le bas|plongee|tilt down|looking down|downward|الي الاسفل"),
  MOVE (ZOOM_IN, "zoom|zoom avant|gros plan|zoom in|close up|closeup|zooming|تكبير|تقريب"),
  MOVE (ZOOM_OUT, "zoom arriere|plan large|recul|zoom out|wide shot|pull back|تصغير|ابتعاد"),
  MOVE (DOLLY, "travelling avant|dolly|avancee|dolly in|push in|walking|course|poursuite|chase|race"),
  MOVE (DRONE, "drone|survol|survolant|vue aerienne|aerien|aerienne|vol d oiseau|aerial|flyover|fly over|bird s eye|"
               "درون|تحليق|جوي|طايره مسيره"),
  MOVE (ORBIT, "orbite|tourne autour|rotation|orbit|orbiting|around|rotating|دوران"),
  MOVE (STILL, "plan fixe|immobile|static|still shot|fixed shot|ثابت"),
  SAYS (SPEED, 55, "lent|lente|lentement|ralenti|doucement|douce|slow|slowly|slow motion|gentle|بطيء|ببطء|بطي"),
  SAYS (SPEED, 165, "rapide|rapidement|vite|dynamique|frenetique|fast|quick|rapid|dynamic|speed|سريع|بسرعه|سريعه"),
  SAYS (ENERGY, 10, "calme|paisible|doux|douce|serein|relaxant|zen|meditation|calm|peaceful|serene|quiet|relaxing|هادي|هدوء|سلام"),
  SAYS (ENERGY, 90, "course|poursuite|action|epique|majestueux|explosion|bataille|fete|danse|chase|epic|battle|party|"
                    "dance|intense|ملحمي|معركه|حفله|رقص"),
  SAYS (DARK, 1, "fond noir|sombre|dramatique|mysterieux|mysterieuse|noir|black|dark|dramatic|mysterious|moody|black background|"
                 "مظلم|غامض|اسود|درامي"),
  SAYS (SWIRL, 1, "van gogh|vangogh|impressionniste|impressionnisme|nuit etoilee|impressionist|starry night|فان غوخ|فان جوخ"),
};

/* Where a thing is at home, and how much it decides the place. */
static const struct
{
  gint8 family;
  gint8 weight;
} homes[CS_SKETCH_N_SUBJECTS] = {
  [CS_SKETCH_LIGHTHOUSE] = { CS_SKETCH_SEA, 4 },     [CS_SKETCH_BOAT] = { CS_SKETCH_SEA, 3 },
  [CS_SKETCH_ISLAND] = { CS_SKETCH_SEA, 2 },         [CS_SKETCH_WHALE] = { CS_SKETCH_SEA, 3 },
  [CS_SKETCH_FISH] = { CS_SKETCH_SEA, 2 },           [CS_SKETCH_BIRD] = { CS_SKETCH_SKY, 1 },
  [CS_SKETCH_AURORA] = { CS_SKETCH_LAKE, 2 },        [CS_SKETCH_RAINBOW] = { CS_SKETCH_LAKE, 1 },
  [CS_SKETCH_WATERFALL] = { CS_SKETCH_FOREST, 2 },   [CS_SKETCH_RIVER] = { CS_SKETCH_LAKE, 2 },
  [CS_SKETCH_CABIN] = { CS_SKETCH_VILLAGE, 1 },      [CS_SKETCH_TOWER] = { CS_SKETCH_CITY, 3 },
  [CS_SKETCH_FUTURE] = { CS_SKETCH_CITY, 1 },        [CS_SKETCH_NEON] = { CS_SKETCH_CITY, 1 },
  [CS_SKETCH_CAR] = { CS_SKETCH_ROAD, 4 },           [CS_SKETCH_CHASE] = { CS_SKETCH_ROAD, 2 },
  [CS_SKETCH_TRAIN] = { CS_SKETCH_ROAD, 2 },         [CS_SKETCH_BRIDGE] = { CS_SKETCH_CITY, 1 },
  [CS_SKETCH_CASBAH] = { CS_SKETCH_VILLAGE, 5 },     [CS_SKETCH_MOSQUE] = { CS_SKETCH_VILLAGE, 3 },
  [CS_SKETCH_TEMPLE] = { CS_SKETCH_GARDEN, 4 },      [CS_SKETCH_CASTLE] = { CS_SKETCH_VILLAGE, 2 },
  [CS_SKETCH_CHERRY] = { CS_SKETCH_GARDEN, 4 },      [CS_SKETCH_FLOWER] = { CS_SKETCH_GARDEN, 2 },
  [CS_SKETCH_TREE] = { CS_SKETCH_FOREST, 2 },        [CS_SKETCH_PALM] = { CS_SKETCH_SEA, 1 },
  [CS_SKETCH_JUNGLE] = { CS_SKETCH_FOREST, 3 },      [CS_SKETCH_WINDMILL] = { CS_SKETCH_GARDEN, 2 },
  [CS_SKETCH_DRAGON] = { CS_SKETCH_SKY, 6 },         [CS_SKETCH_CAT] = { CS_SKETCH_ANIMAL, 4 },
  [CS_SKETCH_DOG] = { CS_SKETCH_ANIMAL, 4 },         [CS_SKETCH_HORSE] = { CS_SKETCH_ANIMAL, 4 },
  [CS_SKETCH_LION] = { CS_SKETCH_ANIMAL, 4 },        [CS_SKETCH_CAMEL] = { CS_SKETCH_DESERT, 4 },
  [CS_SKETCH_BUTTERFLY] = { CS_SKETCH_GARDEN, 2 },   [CS_SKETCH_ASTRONAUT] = { CS_SKETCH_SPACE, 4 },
  [CS_SKETCH_ROCKET] = { CS_SKETCH_SPACE, 4 },       [CS_SKETCH_PLANET] = { CS_SKETCH_SPACE, 4 },
  [CS_SKETCH_WATCH] = { CS_SKETCH_TABLE, 5 },        [CS_SKETCH_BOTTLE] = { CS_SKETCH_TABLE, 4 },
  [CS_SKETCH_CUP] = { CS_SKETCH_TABLE, 3 },          [CS_SKETCH_BOOK] = { CS_SKETCH_TABLE, 3 },
  [CS_SKETCH_PHONE] = { CS_SKETCH_TABLE, 3 },        [CS_SKETCH_FRUIT] = { CS_SKETCH_TABLE, 4 },
  [CS_SKETCH_BRAIN] = { CS_SKETCH_ABSTRACT, 5 },     [CS_SKETCH_NETWORK] = { CS_SKETCH_ABSTRACT, 3 },
  [CS_SKETCH_SCHOOL] = { CS_SKETCH_ABSTRACT, 1 },    [CS_SKETCH_ROBOT_BODY] = { CS_SKETCH_ROBOT, 6 },
  [CS_SKETCH_MACHINE] = { CS_SKETCH_ROBOT, 2 },      [CS_SKETCH_WOMAN] = { CS_SKETCH_PORTRAIT, 4 },
  [CS_SKETCH_MAN] = { CS_SKETCH_PORTRAIT, 4 },       [CS_SKETCH_CHILD] = { CS_SKETCH_PORTRAIT, 4 },
  [CS_SKETCH_FOX] = { CS_SKETCH_ANIMAL, 4 },
  [CS_SKETCH_AUTUMN] = { CS_SKETCH_FOREST, 1 },
  [CS_SKETCH_FACE] = { CS_SKETCH_PORTRAIT, 5 },      [CS_SKETCH_MUSIC] = { CS_SKETCH_ABSTRACT, 2 },
};

/* All meanings; constant. */
const CsSketchMeaning *
cs_sketch_lexicon_get (gsize *n)
{
  *n = G_N_ELEMENTS (meanings);
  return meanings;
}

/* The place a thing is at home in; @weight is 0 when it says nothing about the place. */
CsSketchFamilyId
cs_sketch_lexicon_get_family (CsSketchSubject subject, int *weight)
{
  g_return_val_if_fail (subject < CS_SKETCH_N_SUBJECTS, CS_SKETCH_SEA);

  *weight = homes[subject].weight;
  return (CsSketchFamilyId) homes[subject].family;
}
