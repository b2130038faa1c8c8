/// Where the regions of the sample price list are, written down by hand.
enum PlainPlace {
    private static let union: Set = [
        "CZ", "DK", "FR", "NL", "RO", "SE", "europe-central-1", "europe-north1", "europe-west1", "europe-west4",
        "eu-north1", "EU",
    ]
    private static let america: Set = ["US", "us-central1", "us-east-1"]
    private static let asia: Set = [
        "IN", "JP", "SG", "AU", "asia-east1", "asia-northeast-1", "asia-northeast1", "asia-southeast1",
        "australia-east-1", "australia-southeast1",
    ]

    /// Whether a region, or a place where data stays, lies in one of the places that the random intents ask for.
    static func isIn(_ region: String, _ wish: String) -> Bool {
        switch wish {
        case "EU": union.contains(region)
        case "US": america.contains(region)
        case "Asia": asia.contains(region)
        case "CA": ["CA", "northamerica-northeast1"].contains(region)
        case "Africa": false
        default: region == wish
        }
    }
}
