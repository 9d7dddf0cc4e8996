/*
 * demo_words.c: names and words of the practice service.  Everybody in it is made up; names are
 * common ones, put together by chance, in about the mix of a hospital's staff in the south-west of
 * England.
 */
#include <stddef.h>

#include "clinic/demo_parts.h"

#define WORDS(...)                                                                                 \
	{                                                                                          \
		.v = (const char *const[]){ __VA_ARGS__ },                                         \
		.n = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)                 \
	}

/* clang-format off */
const struct people_of demo_origins[] = {
	{ 640,
	  WORDS("Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Robinson",
		"Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood", "Jackson",
		"Clarke", "Harris", "Lewis", "Turner", "Hill", "Cooper", "Ward", "Moore", "Morris", "King",
		"Watson", "Baker", "Harrison", "Morgan", "Allen", "James", "Scott", "Phillips", "Parker",
		"Bennett", "Lee", "Price", "Cook", "Griffiths", "Young", "Bailey", "Shaw", "Richardson", "Carter",
		"Collins", "Bell", "Cox", "Mitchell", "Adams", "Edwards", "Hughes", "Marshall", "Simpson",
		"Chapman", "Webb", "Rogers", "Gray", "Mills", "Stevens", "Pearce", "Hunt", "Palmer", "Barnes",
		"Knight", "Matthews", "Fisher", "Barker", "Powell", "Butler", "Russell", "Dixon", "Harvey",
		"Hawkins", "Fletcher", "Holmes", "Gibson", "Lloyd", "Ellis", "Howard", "Perry", "Day", "Payne",
		"Andrews", "Reynolds", "Hart", "Poole", "Bryant", "Coles", "Bond", "Tucker", "Gould", "Hooper",
		"Vickery", "Chilcott", "Trott", "Penhaligon", "Tregenza", "Yeo", "Luscombe", "Bishop", "Cross",
		"Sparks", "Hobbs", "Weaver", "Burge", "Loveridge", "Dyer", "Gale", "Hewlett", "Batten", "Rowe",
		"Summers", "Winter", "Frost", "Rudd", "Stone", "Fowler", "Nash", "Pike", "Stride", "Whitfield",
		"Hargreaves", "Fenwick", "Baines", "Sharp", "Ross", "Campbell", "Stewart", "Fraser",
		"MacDonald", "McKenzie", "Llewellyn", "Rees", "Pritchard", "Pugh", "Bowen", "Ap Gwilym"),
	  WORDS("Susan", "Margaret", "Julie", "Karen", "Jacqueline", "Deborah", "Tracey", "Jane", "Helen",
		"Diane", "Sharon", "Alison", "Sarah", "Claire", "Nicola", "Emma", "Lisa", "Joanne", "Michelle",
		"Samantha", "Victoria", "Rachel", "Rebecca", "Laura", "Gemma", "Kelly", "Louise", "Hannah",
		"Charlotte", "Jessica", "Lauren", "Sophie", "Amy", "Chloe", "Emily", "Megan", "Bethany", "Olivia",
		"Lucy", "Georgia", "Katie", "Molly", "Siân", "Bethan", "Zoë", "Chloë", "Anne-Marie", "Mary",
		"Jean", "Wendy", "Lynn", "Carol", "Dawn", "Heather", "Ruth", "Frances", "Jade", "Holly"),
	  WORDS("David", "Paul", "Andrew", "Mark", "John", "Michael", "Stephen", "Ian", "Robert", "Richard",
		"Christopher", "Peter", "Simon", "Anthony", "Kevin", "Gary", "Steven", "Martin", "James", "Philip",
		"Alan", "Neil", "Nigel", "Timothy", "Colin", "Graham", "Jonathan", "Nicholas", "William", "Adrian",
		"Brian", "Stuart", "Keith", "Thomas", "Matthew", "Daniel", "Craig", "Lee", "Darren", "Jason",
		"Ryan", "Luke", "Adam", "Joshua", "Jack", "Samuel", "Joseph", "Benjamin", "Callum", "Connor",
		"Rhys", "Gareth", "Huw", "Alexander", "Oliver", "George", "Harry", "Liam", "Nathan", "Aaron") },
	{ 60,
	  WORDS("O'Brien", "O'Connor", "Murphy", "Kelly", "Byrne", "Ryan", "O'Sullivan", "Walsh", "McCarthy",
		"Gallagher", "Doherty", "Kennedy", "Lynch", "Murray", "Quinn", "Ó Súilleabháin", "Ní Bhriain",
		"Brennan", "Burke", "Nolan", "D'Arcy", "FitzGerald"),
	  WORDS("Siobhán", "Aoife", "Niamh", "Róisín", "Gráinne", "Sinéad", "Ciara", "Orla", "Maeve", "Deirdre",
		"Bernadette", "Kathleen", "Caoimhe", "Eileen"),
	  WORDS("Seán", "Patrick", "Declan", "Cormac", "Eoin", "Pádraig", "Conor", "Brendan", "Donal", "Finbar",
		"Ciarán", "Oisín", "Dermot", "Kieran") },
	{ 60,
	  WORDS("Nowak", "Kowalska", "Wiśniewski", "Wójcik", "Kamiński", "Lewandowska", "Zieliński", "Szymańska",
		"Woźniak", "Dąbrowski", "Kozłowska", "Jankowski", "Mazur", "Krawczyk", "Piotrowska", "Grabowski",
		"Pawłowska", "Łuczak", "Popescu", "Ionescu", "Dumitrescu", "Ștefan", "Horváth", "Nováková"),
	  WORDS("Agnieszka", "Katarzyna", "Małgorzata", "Anna", "Barbara", "Ewa", "Magdalena", "Joanna", "Monika",
		"Żaneta", "Elżbieta", "Ioana", "Andreea", "Zsófia", "Lucie"),
	  WORDS("Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Michał", "Marcin", "Łukasz", "Grzegorz",
		"Wojciech", "Mateusz", "Andrei", "Mihai", "Gábor", "Jakub") },
	{ 55,
	  WORDS("Okafor", "Adeyemi", "Okonkwo", "Eze", "Obi", "Adebayo", "Ogunleye", "Balogun", "Nwosu", "Abara",
		"Okoro", "Chukwu", "Olawale", "Mensah", "Owusu", "Boateng", "Asante", "Osei", "Moyo", "Ncube",
		"Dube", "Mutasa", "Sibanda", "Kamau", "Oyelaran", "Adéṣínà"),
	  WORDS("Ngozi", "Chioma", "Adaeze", "Amaka", "Ifeoma", "Folake", "Yetunde", "Titilayo", "Abena", "Akosua",
		"Ama", "Tendai", "Rudo", "Nyasha", "Grace", "Blessing", "Patience", "Comfort"),
	  WORDS("Emeka", "Chinedu", "Obinna", "Tunde", "Femi", "Kwame", "Kofi", "Yaw", "Tafara", "Tatenda",
		"Farai", "Emmanuel", "Samuel", "Ikenna", "Ṣégun", "Babatunde") },
	{ 85,
	  WORDS("Patel", "Shah", "Singh", "Kaur", "Khan", "Ahmed", "Hussain", "Begum", "Ali", "Iqbal", "Rahman",
		"Chowdhury", "Mistry", "Desai", "Joshi", "Sharma", "Gupta", "Nair", "Menon", "Thomas", "Varghese",
		"Kurian", "Mathew", "Perera", "Fernando", "Silva", "Iyer", "Reddy", "Rao", "Malik", "Akhtar"),
	  WORDS("Priya", "Anjali", "Saima", "Aisha", "Fatima", "Nasreen", "Deepa", "Sunita", "Meera", "Harpreet",
		"Gurpreet", "Shabana", "Rukhsana", "Bindu", "Jincy", "Sheeba", "Lakshmi", "Nimmi", "Ayesha"),
	  WORDS("Arjun", "Rajesh", "Sanjay", "Vikram", "Amit", "Imran", "Tariq", "Mohammed", "Yusuf", "Bilal",
		"Harjit", "Gurdeep", "Jaspal", "Biju", "Shaji", "Suresh", "Dinesh", "Ravi", "Idris") },
	{ 45,
	  WORDS("Santos", "Reyes", "Cruz", "Bautista", "Ocampo", "Garcia", "Mendoza", "Torres", "Aquino", "Dela Cruz",
		"Villanueva", "Ramos", "Dizon", "Pereira", "Ferreira", "Costa", "Gonçalves", "Peña", "Muñoz",
		"Núñez", "Ibáñez", "João-Baptista"),
	  WORDS("Maria", "Maricel", "Rowena", "Jocelyn", "Lourdes", "Divina", "Analyn", "Cristina", "Luisa", "Helena",
		"Conceição", "Inês", "Begoña", "Lucía", "Ma. Teresa"),
	  WORDS("Jose", "Ramon", "Rodel", "Jerome", "Paulo", "Miguel", "Antonio", "Carlos", "Luís", "João", "Andrés",
		"Íñigo", "Rey", "Noel") },
	{ 25,
	  WORDS("Chen", "Wang", "Li", "Zhang", "Liu", "Wong", "Chan", "Lam", "Cheung", "Ng", "Nguyen", "Nguyễn",
		"Trần", "Tan", "Lim", "Goh", "Yeung", "Ho", "Sato", "Kim"),
	  WORDS("Mei", "Li-Wei", "Xiaoling", "Yan", "Jing", "Siu-Ling", "Ka-Yan", "Thuý", "Hương", "Yuki", "Min-Ji",
		"Wai", "Hui", "Grace"),
	  WORDS("Wei", "Jian", "Ming", "Chi-Keung", "Ka-Ho", "Tuấn", "Minh", "Hiroshi", "Jun", "Tze", "Kenneth",
		"Raymond", "Yong", "Hao") },
	{ 22,
	  WORDS("Charles", "Joseph", "Baptiste", "Francis", "Gordon", "Grant", "Reid", "Henry", "St. John", "Dubois",
		"Moreau", "Lindqvist", "Søndergaard", "Müller", "Groß", "Van der Berg", "de Souza", "Ångström",
		"Þórsdóttir", "Özdemir", "Yılmaz", "Papadopoulou", "Dvořák", "Šimić"),
	  WORDS("Celeste", "Marcia", "Yvonne", "Sonia", "Beverley", "Élodie", "Renée", "Ingrid", "Kay", "Jürgen-Anna",
		"Ayşe", "Eleni", "Åsa", "Anaïs"),
	  WORDS("Winston", "Leroy", "Delroy", "Marlon", "Étienne", "Jürgen", "Søren", "François", "Mehmet", "Nikos",
		"Björn", "Luka", "Zoran", "Hervé") },
	{ 8,
	  WORDS("الحسن", "خليل", "عبد الله", "منصور", "حداد", "Петренко", "Шевченко", "Παπαδόπουλος", "王", "李"),
	  WORDS("فاطمة", "مريم", "ليلى", "Олена", "Ірина", "Ελένη", "小梅", "秀英"),
	  WORDS("محمد", "يوسف", "علي", "Андрій", "Олег", "Νίκος", "伟", "强") },
};
const int demo_norigins = sizeof demo_origins / sizeof *demo_origins;

/* Codes of clinicians are made from these: letters of the alphabet only. */
const struct words demo_staff_surnames = WORDS(
	"Ashdown", "Barlow", "Cartwright", "Dunmore", "Eastwood", "Farrow", "Garside", "Hallett", "Ingram",
	"Jessop", "Kingsley", "Langford", "Maddox", "Nettleton", "Orchard", "Peverell", "Quayle", "Radcliffe",
	"Sedgwick", "Thackeray", "Underhill", "Vance", "Wetherby", "Yardley", "Amadi", "Banerjee", "Castellano",
	"Demir", "Esposito", "Fonseca", "Goldberg", "Haddad", "Ishikawa", "Jovanovic", "Kapoor", "Laszlo",
	"Mahmood", "Nakamura", "Odukoya", "Petrov", "Qureshi", "Rosales", "Sandhu", "Teixeira", "Usman",
	"Venter", "Wiater", "Xu", "Yamada", "Zielinska", "Abbott", "Beckett", "Coombes", "Draper", "Elwood",
	"Faulkner", "Gilmour", "Hathaway", "Irving", "Judd", "Kershaw", "Lambourne", "Mercer", "Norwood",
	"Oakley", "Pemberton", "Rafferty", "Salter", "Tindall", "Upton", "Verity", "Winslow", "Yates", "Alder");

const struct words demo_jobs = WORDS(
	"Staff nurse", "Staff nurse", "Staff nurse", "Healthcare assistant", "Healthcare assistant", "Ward sister",
	"Charge nurse", "Porter", "Domestic assistant", "Radiographer", "Physiotherapist", "Pharmacist",
	"Pharmacy technician", "Midwife", "Consultant", "Junior doctor", "Medical secretary", "Ward clerk",
	"Theatre practitioner", "Biomedical scientist", "Dietitian", "Occupational therapist", "Catering assistant",
	"Estates officer", "Community nurse", "Health visitor", "Support worker", "Administrator");
const struct words demo_external_jobs = WORDS(
	"Machine operator", "Fitter", "Warehouse operative", "Driver", "Team leader", "Quality inspector", "Packer",
	"Engineer", "Clerk", "Supervisor");
const struct words demo_departments = WORDS(
	"Ward 2A", "Ward 3C", "Ward 5A", "Ward 6D", "Ward 7B", "Ward 9", "Emergency", "Theatres", "Critical care",
	"Maternity", "Imaging", "Pathology", "Pharmacy", "Outpatients", "Estates", "Catering", "Community north",
	"Community south", "Records", "Human resources", "Therapies", "Children");

const struct site_words demo_sites[DEMO_SITES_MOST] = {
	{ "NGT", "Northgate", "p.shah", "SHAH, Priti (Ms)" },
	{ "HBR", "Harbour", "j.cole", "COLE, Jean (Mrs)" },
	{ "WBK", "Westbrook", "t.owusu", "OWUSU, Thomas (Mr)" },
	{ "SAN", "St Annes", "m.lewis", "LEWIS, Megan (Miss)" },
	{ "KLN", "Kiln Lane", "d.price", "PRICE, Donna (Mrs)" },
	{ "ORC", "Orchard House", "f.begum", "BEGUM, Farida (Ms)" },
	{ "MLL", "Millbank", "a.novak", "NOVAK, Ana (Ms)" },
	{ "TWR", "Tower Road", "g.hobbs", "HOBBS, Gary (Mr)" },
	{ "BRD", "Bridgefield", "h.ward", "WARD, Hazel (Mrs)" },
	{ "CAS", "Castle Green", "s.rees", "REES, Sioned (Ms)" },
	{ "PKS", "Parkside", "w.chan", "CHAN, Wing (Ms)" },
	{ "LDG", "The Lodge", "b.gale", "GALE, Brian (Mr)" },
};

const struct demo_reason demo_reasons[] = {
	[WHY_DISCHARGED] = { "discharged", END_GOALS },
	[WHY_REFERRED] = { "discharged with a report", END_IMPROVED },
	[WHY_MISSED] = { "did not attend", END_DNA },
	[WHY_LEFT] = { "left the employer", END_LEFT },
	[WHY_ENOUGH] = { "no further appointment wanted", END_DECLINED },
};

/* The first variant is that of the clinicians whom the manual's pictures show. */
const char *const demo_patterns[SERVICES][VARIANTS] = {
	[PHYSIO] = {
		"08:30 FU 20x2, 09:20 FU 20x2, 10:00 NEW 40, 10:40 FU 20x3, CATCHUP 20, LUNCH 40, 12:40 ADMIN 20,"
		" NEW 40, RAP 40/24, FU 20x3, CATCHUP 20, FU 20x2, ADMIN 40",
		"09:00 NEW 40, FU 20x2, CATCHUP 20, 10:40 NEW 40, FU 20x2, 12:00 LUNCH 40, RAP 40/24, NEW 40,"
		" FU 20x4, BLOCK 40 team meeting",
		"08:20 NEW 40, 09:00 RAP 40/48, FU 20x3, CATCHUP 20, FU 20x3, 12:00 LUNCH 40, NEW 40, FU 20x5,"
		" ADMIN 40 letters, RAP 40/24" },
	[OHN] = {
		"08:40 NEW 30, 09:30 NEW 30, 10:20 FU 30x3, LUNCH 40, 12:40 NEW 30, FU 30x2, CATCHUP 20, NEW 30,"
		" FU 30, ADMIN 40 case notes",
		"08:30 FU 30, NEW 30x3, CATCHUP 20, FU 30x2, 12:00 LUNCH 45, NEW 30x2, FU 30x2, ADMIN 30",
		"13:00 NEW 30x2, FU 30x2, CATCHUP 20, NEW 30, FU 30x2, 17:00 ADMIN 30" },
	[OHP] = {
		"09:20 NEW 40, FU 20x2, NEW 40, CATCHUP 20, FU 20, 12:00 LUNCH 60, NEW 40x2, FU 20x2, ADMIN 60 reports",
		"09:00 NEW 40x2, FU 20x2, CATCHUP 20, NEW 40, 12:00 LUNCH 45, NEW 40, FU 20x3, ADMIN 60 reports",
		"13:30 NEW 40x2, CATCHUP 20, FU 20x4, ADMIN 40" },
	[COUNS] = {
		"09:00 FU 60x2, 11:30 FU 60, LUNCH 30, 13:00 NEW 60, FU 60, CATCHUP 15, FU 60, ADMIN 30",
		"08:45 NEW 60, FU 60, 11:00 FU 60, LUNCH 45, 13:00 FU 60x2, CATCHUP 15, NEW 60",
		"12:00 FU 60, 13:15 NEW 60, FU 60, CATCHUP 15, FU 60, 17:00 FU 60, ADMIN 30" },
};

/* As the manual's pictures show them on their morning at Northgate. */
#define AT(h, m) ((h) * 60 + (m))
#define NOBODY	 NULL, 0, 0, 0, 0, 0, 0
const struct cast demo_cast[] = {
	{ "Okafor", "Adaeze", "Mrs", "Ada", "Female", "999526018", "07700900418", "20417733", 1984, 8, 14, 0,
	  "Staff nurse", "Ward 7B", "marsh", AT(10, 0), 0, 'A', AT(9, 41), 0, 0 },
	{ "Okafor", "Adanna", "Miss", NULL, "Female", "999628194", "07700900184", "20419214", 1994, 8, 14, 1,
	  "Community nurse", "Community north", "kelly", AT(10, 0), 0, 'B', 0, 0, 0 },
	{ "Okafor", "Amaka", "Dr", NULL, "Female", "999518190", "07700900731", "20415190", 1976, 6, 30, 0,
	  "Consultant", "Critical care", NOBODY },
	{ "Okafor-Bell", "Anne", "Ms", NULL, "Female", NULL, "07700900117", "90210417", 1959, 12, 17, 5,
	  "Quality inspector", "Bakery", NOBODY },
	{ "Okafur", "Abel", "Mr", NULL, "Male", "999231948", "07700900948", "80311948", 1990, 2, 2, 4, "Fitter",
	  "Assembly", NOBODY },
	{ "Nowak", "Agnieszka", "Ms", NULL, "Female", "999401127", "07700900226", "20401126", 1990, 11, 22, 0,
	  "Healthcare assistant", "Ward 5A", "marsh", AT(8, 30), 1, 'S', AT(8, 24), AT(8, 31), AT(8, 50) },
	{ "Whitfield", "Joan", "Mrs", NULL, "Female", "999402262", "07700900262", "20402262", 1962, 9, 9, 0,
	  "Medical secretary", "Records", "adeyemi", AT(8, 40), 0, 'S', AT(8, 32), AT(8, 41), AT(9, 12) },
	{ "Brennan", "Declan", "Mr", NULL, "Male", "999403371", "07700900371", "20403371", 1971, 2, 3, 0, "Porter",
	  "Estates", "obi", AT(9, 0), 0, 'S', AT(8, 55), AT(9, 1), AT(9, 38) },
	{ "Holloway", "Simon", "Mr", NULL, "Male", "999404588", "07700900588", "20404588", 1988, 5, 17, 1,
	  "Support worker", "Community south", "moreau", AT(9, 0), 0, 'D', 0, 0, AT(9, 16) },
	{ "Rahman", "Tariq", "Dr", NULL, "Male", "999405679", "07700900679", "20405679", 1979, 1, 30, 0,
	  "Junior doctor", "Emergency", "fairburn", AT(9, 20), 0, 'I', AT(9, 14), AT(9, 22), 0 },
	{ "Pereira", "Luisa", "Ms", NULL, "Female", "999406782", "07700900782", "20406782", 1982, 12, 5, 0,
	  "Domestic assistant", "Ward 3C", "marsh", AT(9, 20), 1, 'I', AT(9, 18), AT(9, 21), 0 },
	{ "Dubois", "Celeste", "Ms", NULL, "Female", "999407893", "07700900893", "20407893", 1993, 7, 11, 2,
	  "Administrator", "Human resources", "adeyemi", AT(9, 30), 0, 'A', AT(9, 29), 0, 0 },
	{ "Hargreaves", "Peter", "Mr", NULL, "Male", "999408969", "07700900969", "20408969", 1969, 6, 26, 0,
	  "Estates officer", "Estates", "adeyemi", AT(10, 20), 0, 'B', 0, 0, 0 },
	{ "Stone", "Graham", "Mr", NULL, "Male", "999409166", "07700900166", "20409166", 1966, 8, 29, 0,
	  "Porter", "Theatres", "marsh", AT(10, 40), 1, 'B', 0, 0, 0 },
	{ "Yates", "Carl", "Mr", NULL, "Male", "999410278", "07700900277", "20410277", 1977, 5, 27, 2,
	  "Support worker", "Community north", "obi", AT(10, 40), 0, 'B', 0, 0, 0 },
	{ "Fenwick", "Molly", "Miss", NULL, "Female", "999411398", "07700900398", "20411398", 1998, 3, 8, 0,
	  "Staff nurse", "Ward 2A", "marsh", AT(11, 20), 1, 'B', 0, 0, 0 },
	{ "Silva", "Paulo", "Mr", NULL, "Male", "999412481", "07700900481", "20412481", 1981, 1, 23, 1,
	  "Healthcare assistant", "Community south", "moreau", AT(11, 30), 0, 'X', 0, 0, AT(9, 15) },
	{ "Ellis", "Marcus", "Mr", NULL, "Male", "999186252", "07700900252", "20550871", 1981, 11, 7, 0,
	  "Theatre practitioner", "Theatres", NOBODY },
	{ "Abara", "Ngozi", "Ms", NULL, "Female", "999757491", "07700900562", "20833190", 1987, 4, 2, 0,
	  "Healthcare assistant", "Ward 6D", NOBODY },
};
const int demo_ncast = sizeof demo_cast / sizeof *demo_cast;
/* clang-format on */
