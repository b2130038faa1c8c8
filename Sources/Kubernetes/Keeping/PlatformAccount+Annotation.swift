import Documents
import Placement
import Reconciling

extension PlatformAccount {
    /// Reads the annotation of the Lease; nil where it makes no sense.
    init?(annotation text: String) {
        guard let node = try? DocumentParser.json(Array(text.utf8)), let address = node["address"]?.string else {
            return nil
        }
        self.init(address: address, holder: node["holder"]?.string)
    }

    /// As it is written into an annotation.
    var annotation: String {
        DocumentPrinter.json(
            .mapping(droppingNil: ["address": .string(address), "holder": holder.map { .string($0) }]),
            style: .compact
        )
    }

    /// Every account that the annotations of a Lease tell.
    static func all(in annotations: [String: String]) -> [PlatformName: PlatformAccount] {
        var accounts: [PlatformName: PlatformAccount] = [:]
        for (name, text) in annotations where name.hasPrefix(OwnAnnotation.account) {
            let platform = PlatformName(rawValue: String(name.dropFirst(OwnAnnotation.account.count)))
            accounts[platform] = PlatformAccount(annotation: text)
        }
        return accounts
    }
}
