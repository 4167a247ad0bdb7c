/** A place that a person can name, and the zone whose clock hangs there. */
export interface Place {
  readonly zone: string;
  /** As it is said after "in". */
  readonly name: string;
}

/** zone | as said | further names. Cities that name their own zone need no line here. */
const wellKnown = `
America/New_York|New York|nyc,new york city,boston,miami,atlanta,philadelphia,washington,washington dc,washington d c,orlando,florida,pittsburgh,baltimore,charlotte,eastern time,est,edt,eastern
America/Chicago|Chicago|houston,dallas,austin,san antonio,new orleans,nashville,minneapolis,memphis,milwaukee,kansas city,texas,illinois,central time,cst,cdt
America/Denver|Denver|salt lake city,colorado,utah,albuquerque,mountain time,mst,mdt
America/Phoenix|Phoenix|arizona,tucson
America/Los_Angeles|Los Angeles|la,l a,san francisco,san diego,seattle,portland,las vegas,california,san jose,silicon valley,sacramento,oakland,oregon,nevada,pacific time,pst,pdt,pacific
America/Anchorage|Anchorage|alaska
Pacific/Honolulu|Honolulu|hawaii
America/New_York|Washington, in the United States|united states,the united states,usa,the usa,us,the us,america,the states
America/Toronto|Toronto|ottawa,montreal,quebec,ontario,canada
America/Vancouver|Vancouver|british columbia,victoria bc
America/Edmonton|Edmonton|calgary,alberta
America/Mexico_City|Mexico City|mexico
America/Sao_Paulo|São Paulo|sao paulo,rio,rio de janeiro,brasilia,brazil
America/Argentina/Buenos_Aires|Buenos Aires|buenos aires,argentina
America/Santiago|Santiago|chile
America/Bogota|Bogotá|bogota,colombia
America/Lima|Lima|peru
America/Caracas|Caracas|venezuela
America/Havana|Havana|cuba
America/Jamaica|Jamaica|kingston
Europe/London|London|england,uk,the uk,u k,united kingdom,the united kingdom,britain,great britain,scotland,edinburgh,glasgow,wales,cardiff,manchester,liverpool,birmingham,leeds,bristol,oxford,cambridge,bst
Europe/Dublin|Dublin|ireland,cork
Europe/Paris|Paris|france,lyon,marseille,nice,cet,central european time
Europe/Berlin|Berlin|germany,munich,hamburg,frankfurt,cologne,stuttgart
Europe/Madrid|Madrid|spain,barcelona,seville,valencia
Europe/Lisbon|Lisbon|portugal,porto
Europe/Rome|Rome|italy,milan,naples,florence,venice,turin
Europe/Amsterdam|Amsterdam|netherlands,the netherlands,holland,rotterdam,the hague
Europe/Brussels|Brussels|belgium
Europe/Zurich|Zurich|switzerland,geneva,zürich,bern
Europe/Vienna|Vienna|austria,salzburg
Europe/Stockholm|Stockholm|sweden,gothenburg
Europe/Oslo|Oslo|norway,bergen
Europe/Copenhagen|Copenhagen|denmark
Europe/Helsinki|Helsinki|finland
Atlantic/Reykjavik|Reykjavik|iceland
Europe/Warsaw|Warsaw|poland,krakow
Europe/Prague|Prague|czechia,czech republic,the czech republic
Europe/Budapest|Budapest|hungary
Europe/Athens|Athens|greece
Europe/Bucharest|Bucharest|romania
Europe/Sofia|Sofia|bulgaria
Europe/Belgrade|Belgrade|serbia
Europe/Zagreb|Zagreb|croatia
Europe/Kyiv|Kyiv|kiev,ukraine
Europe/Moscow|Moscow|russia,saint petersburg,st petersburg
Europe/Istanbul|Istanbul|turkey,türkiye,ankara
Asia/Jerusalem|Jerusalem|israel,tel aviv
Asia/Beirut|Beirut|lebanon
Africa/Cairo|Cairo|egypt
Africa/Lagos|Lagos|nigeria
Africa/Nairobi|Nairobi|kenya
Africa/Johannesburg|Johannesburg|south africa,cape town,durban,pretoria
Africa/Casablanca|Casablanca|morocco,marrakech
Africa/Accra|Accra|ghana
Africa/Addis_Ababa|Addis Ababa|ethiopia
Asia/Dubai|Dubai|abu dhabi,united arab emirates,the united arab emirates,uae,the uae
Asia/Riyadh|Riyadh|saudi arabia
Asia/Qatar|Doha|doha,qatar
Asia/Tehran|Tehran|iran
Asia/Karachi|Karachi|pakistan,lahore,islamabad
Asia/Kolkata|India|india,mumbai,bombay,delhi,new delhi,bangalore,bengaluru,chennai,hyderabad,calcutta,ist
Asia/Colombo|Colombo|sri lanka
Asia/Kathmandu|Kathmandu|nepal
Asia/Dhaka|Dhaka|bangladesh
Asia/Yangon|Yangon|myanmar,burma
Asia/Bangkok|Bangkok|thailand
Asia/Ho_Chi_Minh|Vietnam|vietnam,hanoi,ha noi,saigon,ho chi minh city,da nang
Asia/Jakarta|Jakarta|indonesia
Asia/Makassar|Bali|bali
Asia/Manila|Manila|philippines,the philippines
Asia/Kuala_Lumpur|Kuala Lumpur|malaysia
Asia/Singapore|Singapore|
Asia/Hong_Kong|Hong Kong|
Asia/Shanghai|China|china,beijing,shenzhen,guangzhou,peking
Asia/Taipei|Taipei|taiwan
Asia/Seoul|Seoul|korea,south korea,busan
Asia/Tokyo|Tokyo|japan,osaka,kyoto,jst
Australia/Sydney|Sydney|canberra,new south wales,australia,aest
Australia/Melbourne|Melbourne|victoria
Australia/Brisbane|Brisbane|queensland,gold coast
Pacific/Auckland|Auckland|new zealand,wellington,christchurch
UTC|UTC|utc,u t c,gmt,g m t,greenwich mean time,greenwich,coordinated universal time,zulu
`;

let known: ReadonlyMap<string, Place> | undefined;

/** Finds a city, country, region or zone abbreviation by name, in any capitals; undefined if it is not known. */
export function findPlace(spoken: string): Place | undefined {
  known ??= readPlaces();
  const name = plain(spoken);
  return known.get(name) ?? known.get(name.replace(/^the /, '')) ?? findZone(spoken);
}

function findZone(text: string): Place | undefined {
  const zone = Intl.supportedValuesOf('timeZone').find(
    (id) => id.toLowerCase() === text.toLowerCase().trim(),
  );
  return zone === undefined ? undefined : { zone, name: cityOf(zone) };
}

function readPlaces(): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    places.set(plain(cityOf(zone)), { zone, name: cityOf(zone) });
  }
  for (const line of wellKnown.trim().split('\n')) {
    const [zone = '', name = '', others = ''] = line.split('|');
    places.set(plain(name), { zone, name });
    for (const other of others.split(',')) {
      if (other !== '') places.set(plain(other), { zone, name: sayAs(other, name) });
    }
  }
  return places;
}

/** Names are said as they were asked for; zone names and initials are said by the place that stands for them. */
function sayAs(other: string, name: string): string {
  if (
    /^(?:the )?(?:uk|usa?|uae|states|united \w.*|netherlands|philippines|hague|america|czech republic)$/.test(
      other,
    )
  ) {
    return countryNames[other.replace(/^the /, '')] ?? name;
  }
  if (/ time$|^(?:la|l a|nyc|u k)$|^[a-z]{3,4}$/.test(other) && !realNames.has(other)) return name;
  if (other === 'eastern' || other === 'pacific') return name;
  return other.replace(
    /(^|[ -])(\p{L})/gu,
    (_, gap: string, letter: string) => gap + letter.toUpperCase(),
  );
}

const countryNames: Readonly<Record<string, string>> = {
  uk: 'the United Kingdom',
  'united kingdom': 'the United Kingdom',
  uae: 'the United Arab Emirates',
  'united arab emirates': 'the United Arab Emirates',
  netherlands: 'the Netherlands',
  philippines: 'the Philippines',
  hague: 'The Hague',
  'czech republic': 'the Czech Republic',
};

/** Short names that are places and no abbreviations. */
const realNames: ReadonlySet<string> = new Set([
  'utah',
  'cork',
  'lyon',
  'nice',
  'bern',
  'peru',
  'cuba',
  'rio',
  'iran',
  'bali',
  'oslo',
  'lima',
]);

function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\./g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
