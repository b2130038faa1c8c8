import Testing

@testable import Placement

/// Regions' names and the wishes that they answer.
struct PlaceTests {
    /// Which of the reference's location words an offer in a region answers.
    @Test(arguments: [
        ("eu-west-1", ["EU"]), ("eu-west", ["EU"]), ("europe-west4", ["EU"]), ("europe-west4-a", ["EU"]),
        ("DE", ["EU", "Germany", "de"]), ("fr", ["EU", "France"]), ("westeurope", ["EU"]),
        ("germanywestcentral", ["EU", "Germany"]), ("EU-RO-1", ["EU", "Romania"]), ("EUR-IS-1", ["Europe", "Iceland"]),
        ("uksouth", ["Europe", "UK", "gb"]), ("us-east-1", ["US", "USA", "North America"]), ("us-central1-a", ["US"]),
        ("eastus2", ["US"]), ("us-ca-1", ["US"]), ("US", ["US", "United States"]), ("ca-central-1", ["Canada"]),
        ("northamerica-northeast1", ["Canada"]), ("canadacentral", ["Canada"]),
        ("ap-southeast-2", ["Australia", "Asia"]),
        ("australia-southeast1", ["Australia", "Asia"]), ("sa-east-1", ["Brazil", "South America"]),
        ("brazilsouth", ["Brazil"]), ("southamerica-east1", ["Brazil"]), ("ap-south-1", ["India", "Asia"]),
        ("asia-south1", ["India", "Asia"]), ("ap-northeast-1", ["Japan", "Asia"]), ("ap-northeast-1a", ["Japan"]),
        ("japaneast", ["Japan"]), ("asia-northeast1-b", ["Japan"]), ("ap-southeast-1", ["Singapore", "Asia"]),
        ("ap-southeast-1a", ["Singapore"]), ("asia-southeast1", ["Singapore"]), ("southeastasia", ["Singapore"]),
        ("ap-northeast-2", ["Asia", "Korea"]), ("AP_JP_1", ["Japan", "Asia"]), ("me-central2", ["Middle East"]),
        ("me-west1", ["Israel"]), ("africa-south1", ["Africa", "South Africa"]), ("asia-east1", ["Asia", "Taiwan"]),
    ])
    func regionsAnswerWishes(region: String, wishes: [String]) throws {
        let place = try #require(Place(region: region))
        for wish in wishes {
            #expect(PlaceWish(wish).matches(place, region: region.lowercased()), "\(region) answers \(wish)")
        }
        let named = ["EU", "US", "Asia", "Canada", "Australia", "Brazil", "India", "Japan", "Singapore"]
        let answered = named.filter { PlaceWish($0).matches(place, region: region.lowercased()) }
        #expect(answered.count <= 2)
        for wish in named where !wishes.contains(wish) && wish != "Asia" {
            #expect(!PlaceWish(wish).matches(place, region: region.lowercased()), "\(region) does not answer \(wish)")
        }
    }

    @Test(arguments: ["global", "", "mars-north-1", "-", "1", "provider-1", "---"])
    func strangePlacesAreNowhere(region: String) {
        #expect(Place(region: region) == nil)
    }

    @Test(arguments: [
        ("eu-west-1", "eu-west-1", true), ("eu-west-1", "eu-west", true), ("eu-west-1a", "eu-west-1", true),
        ("us-east-10", "us-east-1", false), ("europe-west4", "europe-west", true), ("eu-westward", "eu-west", false),
        ("eu-west-1", "eu-west-2", false), ("eu", "eu-west-1", false), ("mars-north-1", "mars", true),
        ("mars-north-1", "", false),
    ])
    func regionsMatchByTheirBeginning(region: String, wish: String, expected: Bool) {
        #expect(PlaceWish.begins(region, with: wish) == expected)
    }

    @Test func wishesAreReadByMeaning() {
        #expect(PlaceWish("eu") == .europeanUnion)
        #expect(PlaceWish("European Union") == .europeanUnion)
        #expect(PlaceWish("ASIA") == .area(.asia))
        #expect(PlaceWish("united_states") == .country("us"))
        #expect(PlaceWish("EU-West-1") == .region("eu-west-1"))
        #expect(PlaceWish("westeurope") == .region("westeurope"), "a cloud's region, not the whole of Europe")
        #expect(PlaceWish("Atlantis") == .region("atlantis"))
    }

    @Test func membersOfTheUnionAreTwentySeven() {
        #expect(PlaceTable.europeanUnion.count == 27)
        for country in PlaceTable.europeanUnion {
            #expect(PlaceTable.places[country]?.area == .europe, "\(country)")
        }
        for country in ["gb", "ch", "no", "is"] {
            #expect(Place(region: country)?.isEuropeanUnion == false, "\(country)")
        }
    }
}
