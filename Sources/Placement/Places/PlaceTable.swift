/// The names of places: countries, parts of the world, and the beginnings of large clouds' region names.
enum PlaceTable {
    /// The members of the European Union, as ISO 3166-1 writes them.
    static let europeanUnion = Set(
        words("at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk")
    )

    /// Countries by the part of the world; `sa` and `me` are left to the clouds, which mean other things by them.
    private static let countries: [(Place.Area, String)] = [
        (.europe, "at be bg ch cy cz de dk ee es fi fr gb gr hr hu ie is it lt lu lv mt nl no pl pt ro rs se si sk ua"),
        (.northAmerica, "ca mx us"),
        (.southAmerica, "ar br cl co pe"),
        (.asia, "cn hk id in jp kr my ph sg th tw vn"),
        (.oceania, "au nz"),
        (.middleEast, "ae bh il kw om qa tr"),
        (.africa, "eg ke ma ng za"),
    ]

    /// Parts of the world, and what regions' names begin with that tells no country.
    private static let areas: [(Place.Area, String)] = [
        (.europe, "eu europe eur emea european-union"),
        (.northAmerica, "northamerica north-america na"),
        (.southAmerica, "southamerica south-america latam"),
        (.asia, "asia ap apac asia-pacific sea asiapacific"),
        (.oceania, "oceania oc"),
        (.middleEast, "me middle-east middleeast"),
        (.africa, "africa af"),
    ]

    /// Countries' names in words, and the beginnings of regions that lie in one country.
    private static let names: [(country: String, words: String, regions: String)] = [
        ("us", "usa united-states", "eastus westus centralus northcentralus southcentralus westcentralus"),
        ("ca", "canada", "canadacentral canadaeast northamerica-northeast"),
        ("mx", "mexico", "mexicocentral northamerica-south"),
        ("br", "brazil", "brazilsouth brazilsoutheast southamerica-east sa-east"),
        ("cl", "chile", "chilecentral southamerica-west"),
        ("gb", "uk united-kingdom", "uksouth ukwest"),
        ("ie", "ireland", ""), ("nl", "netherlands", ""), ("be", "belgium", "belgiumcentral"),
        ("dk", "denmark", "denmarkeast"), ("de", "germany", "germanywestcentral germanynorth"),
        ("fr", "france", "francecentral francesouth"), ("se", "sweden", "swedencentral swedensouth"),
        ("no", "norway", "norwayeast norwaywest"), ("ch", "switzerland", "switzerlandnorth switzerlandwest"),
        ("it", "italy", "italynorth"), ("es", "spain", "spaincentral"), ("pl", "poland", "polandcentral"),
        ("at", "austria", "austriaeast"), ("fi", "finland", ""), ("pt", "portugal", ""), ("cz", "czechia", ""),
        ("ro", "romania", ""), ("gr", "greece", ""), ("is", "iceland", ""),
        ("in", "india", "centralindia southindia westindia ap-south asia-south"),
        ("jp", "japan", "japaneast japanwest ap-northeast-1 ap-northeast-3 asia-northeast1 asia-northeast2"),
        ("kr", "korea south-korea", "koreacentral koreasouth ap-northeast-2 asia-northeast3"),
        ("sg", "singapore", "southeastasia ap-southeast-1 asia-southeast1"),
        ("id", "indonesia", "indonesiacentral ap-southeast-3 asia-southeast2"),
        ("my", "malaysia", "malaysiawest ap-southeast-5"), ("th", "thailand", "ap-southeast-7"),
        ("hk", "hong-kong", "eastasia ap-east-1 asia-east2"), ("tw", "taiwan", "ap-east-2 asia-east1"),
        ("cn", "china", "chinaeast chinanorth"),
        ("au", "australia", "australiaeast australiasoutheast australiacentral ap-southeast-2 ap-southeast-4"),
        ("nz", "new-zealand", "newzealandnorth ap-southeast-6"),
        ("il", "israel", "israelcentral il-central me-west"), ("ae", "emirates", "uaenorth uaecentral"),
        ("qa", "qatar", "qatarcentral"), ("za", "south-africa", "southafricanorth africa-south af-south"),
    ]

    /// Beginnings of regions whose names tell the part of the world alone.
    private static let regions: [(Place.Area, String)] = [(.europe, "northeurope westeurope")]

    /// Every name with its place.
    static let places: [String: Place] = {
        var places: [String: Place] = [:]
        for (area, codes) in countries {
            for code in words(codes) { places[code] = Place(area: area, country: code) }
        }
        for entry in names {
            for name in words(entry.words) + words(entry.regions) { places[name] = places[entry.country] }
        }
        for (area, names) in areas + regions {
            for name in words(names) { places[name] = Place(area: area, country: nil) }
        }
        return places
    }()

    /// Every word that wishes a place of the world rather than a region of a cloud.
    static let wishes: [String: PlaceWish] = {
        var wishes: [String: PlaceWish] = [:]
        for (_, codes) in countries {
            for code in words(codes) { wishes[code] = .country(code) }
        }
        for entry in names {
            for name in words(entry.words) { wishes[name] = .country(entry.country) }
        }
        for (area, names) in areas {
            for name in words(names) { wishes[name] = .area(area) }
        }
        for name in ["eu", "european-union"] { wishes[name] = .europeanUnion }
        return wishes
    }()

    /// The words of a list.
    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
