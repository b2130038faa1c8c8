import Intents
import Placement
import Reconciling

extension WorldScript {
    /// A history in which the ledger is put back from older copies, and nothing else is lost with it: people ask for nothing
    /// beside their files, no work ends for good, and listings tell the truth.
    mutating func putBack() {
        entries = entries.compactMap(withoutWhatIsForgotten)
        let length = (quietFrom - start).milliseconds
        for _ in 0..<number(1...3) {
            let copied = number(0...length)
            let back = number(copied...length)
            add(start + .milliseconds(copied), .copyLedger)
            add(start + .milliseconds(back), .putBackLedger)
        }
    }

    /// A line as far as a ledger that is put back forgets nothing of it that no platform tells.
    private func withoutWhatIsForgotten(_ entry: WorldEntry) -> WorldEntry? {
        var entry = entry
        switch entry.edit {
        case .write(let file, let wishes): entry.edit = .write(file: file, wishes.map(Self.lasting))
        case .fault(_, let kind, _) where kind.befallsListings || kind == .wrongNotFound: return nil
        // What cannot be read is what the ledger says, which is too old.
        case .unreadable, .invalid: return nil
        // What something was bought for is not known any more: at the price of today it may be too dear.
        case .price, .soldOut: return nil
        case .ask, .lie, .load, .setting, .release, .foreign(.flare): return nil
        // The last copy comes back so late that what is replaced one by one takes long.
        case .fault where entry.until.map({ $0 > quietFrom }) ?? false: return nil
        default: break
        }
        return entry
    }

    /// The wish for a service that runs on FlexAI, whatever else it was.
    private static func lasting(_ wish: WorldWish) -> WorldWish {
        var lasting = WorldWish(name: wish.name, slots: wish.slots, chip: wish.chip, gpus: wish.gpus)
        lasting.image = wish.image
        lasting.capPercent = wish.capPercent
        lasting.suspension = wish.suspension
        lasting.isPaused = wish.isPaused
        lasting.place = .flexai
        return lasting
    }
}

extension FaultKind {
    /// Whether it makes a listing show something else than there is.
    fileprivate var befallsListings: Bool {
        switch self {
        case .staleListing, .partialListing, .emptyListing, .listedLate: true
        default: false
        }
    }
}
