import Testing

@testable import Placement

/// Where the regions of the large clouds are.
struct CloudRegionsTests {
    /// Regions by country, or by part of the world where a region's name tells no more.
    private static let aws: [(String, [String])] = [
        ("us", ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-west-1", "us-west-2-lax-1a"]),
        ("ca", ["ca-central-1", "ca-west-1"]),
        ("mx", ["mx-central-1"]),
        ("br", ["sa-east-1"]),
        ("europe", ["eu-west-1", "eu-west-3", "eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2"]),
        ("in", ["ap-south-1", "ap-south-2", "ap-south-1b"]),
        ("sg", ["ap-southeast-1", "ap-southeast-1c"]),
        ("au", ["ap-southeast-2", "ap-southeast-4"]),
        ("id", ["ap-southeast-3"]),
        ("my", ["ap-southeast-5"]),
        ("nz", ["ap-southeast-6"]),
        ("th", ["ap-southeast-7"]),
        ("jp", ["ap-northeast-1", "ap-northeast-3"]),
        ("kr", ["ap-northeast-2"]),
        ("hk", ["ap-east-1"]),
        ("tw", ["ap-east-2"]),
        ("cn", ["cn-north-1", "cn-northwest-1"]),
        ("za", ["af-south-1"]),
        ("il", ["il-central-1"]),
        ("middleEast", ["me-south-1", "me-central-1"]),
    ]

    private static let gcp: [(String, [String])] = [
        ("us", ["us-central1", "us-east1", "us-east4-c", "us-east5", "us-west4", "us-south1"]),
        ("ca", ["northamerica-northeast1", "northamerica-northeast2-a"]),
        ("mx", ["northamerica-south1"]),
        ("br", ["southamerica-east1"]),
        ("cl", ["southamerica-west1"]),
        ("europe", ["europe-west1", "europe-west4-b", "europe-west9", "europe-west12", "europe-north1"]),
        ("tw", ["asia-east1"]),
        ("hk", ["asia-east2"]),
        ("jp", ["asia-northeast1", "asia-northeast2-a"]),
        ("kr", ["asia-northeast3", "asia-northeast3-b"]),
        ("in", ["asia-south1", "asia-south2"]),
        ("sg", ["asia-southeast1"]),
        ("id", ["asia-southeast2"]),
        ("au", ["australia-southeast1", "australia-southeast2"]),
        ("il", ["me-west1"]),
        ("middleEast", ["me-central1", "me-central2"]),
        ("za", ["africa-south1"]),
    ]

    private static let azure: [(String, [String])] = [
        ("us", ["eastus", "eastus2", "westus", "westus3", "centralus", "northcentralus", "southcentralus"]),
        ("ca", ["canadacentral", "canadaeast"]),
        ("br", ["brazilsouth", "brazilsoutheast"]),
        ("cl", ["chilecentral"]),
        ("mx", ["mexicocentral"]),
        ("europe", ["northeurope", "westeurope"]),
        ("gb", ["uksouth", "ukwest"]),
        ("de", ["germanywestcentral", "germanynorth"]),
        ("fr", ["francecentral", "francesouth"]),
        ("se", ["swedencentral"]),
        ("no", ["norwayeast", "norwaywest"]),
        ("ch", ["switzerlandnorth", "switzerlandwest"]),
        ("it", ["italynorth"]),
        ("es", ["spaincentral"]),
        ("pl", ["polandcentral"]),
        ("at", ["austriaeast"]),
        ("hk", ["eastasia"]),
        ("sg", ["southeastasia"]),
        ("jp", ["japaneast", "japanwest"]),
        ("kr", ["koreacentral", "koreasouth"]),
        ("in", ["centralindia", "southindia", "westindia"]),
        ("id", ["indonesiacentral"]),
        ("my", ["malaysiawest"]),
        ("au", ["australiaeast", "australiasoutheast", "australiacentral"]),
        ("nz", ["newzealandnorth"]),
        ("ae", ["uaenorth", "uaecentral"]),
        ("qa", ["qatarcentral"]),
        ("il", ["israelcentral"]),
        ("za", ["southafricanorth"]),
    ]

    private static let others: [(String, [String])] = [
        ("us", ["US", "us-tx-3", "US-KS-2", "us-midwest-1", "us-south-3"]),
        ("ca", ["CA", "ca-mtl-1"]),
        ("ro", ["EU-RO-1", "RO", "eu-ro"]),
        ("nl", ["EU-NL-1", "nl-ams-1", "Netherlands"]),
        ("is", ["EUR-IS-1", "IS"]),
        ("ch", ["ch-gva-2"]),
        ("fr", ["fr-par-2", "France"]),
        ("jp", ["AP-JP-1", "JP"]),
        ("au", ["OC-AU-1", "AU", "australia-east-1"]),
        ("sg", ["SEA-SG-1", "Singapore"]),
        ("in", ["asia-south-1", "IN"]),
        ("europe", ["EU", "europe-central-1", "eu-west1", "Europe"]),
        ("asia", ["asia", "apac", "ap-somewhere-9"]),
    ]

    @Test(arguments: [("aws", aws), ("gcp", gcp), ("azure", azure), ("others", others)])
    func regionsAreWhereTheyAre(cloud: String, rows: [(String, [String])]) {
        for (expected, regions) in rows {
            for region in regions {
                let place = Place(region: region)
                if let area = Place.Area(rawValue: expected) {
                    #expect(place == Place(area: area, country: nil), "\(cloud) \(region)")
                } else {
                    #expect(place?.country == expected, "\(cloud) \(region)")
                    #expect(place == PlaceTable.places[expected], "\(cloud) \(region)")
                }
            }
        }
    }

    @Test func everyNameInTheTableIsAPlace() {
        #expect(PlaceTable.places.count > 150)
        for (name, place) in PlaceTable.places {
            #expect(name == name.lowercased() && !name.contains(" "), "\(name)")
            #expect(Place(region: name)?.area == place.area, "\(name)")
            #expect(Place(region: name + "-77")?.area == place.area, "\(name)")
            if let country = place.country { #expect(PlaceTable.places[country] == place, "\(name)") }
        }
    }

    @Test func everyWishIsAnsweredSomewhere() {
        let places = Set(PlaceTable.places.values)
        for (name, wish) in PlaceTable.wishes {
            #expect(places.contains { wish.matches($0, region: "") }, "\(name)")
        }
    }
}
