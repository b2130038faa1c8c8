import Documents

/// JSON: round trips, places, and the cutter of long lists agrees with the reader of whole texts.
enum FuzzTarget {
    static func run(_ bytes: [UInt8]) {
        var input = FuzzInput(bytes)
        let cut = Int(input.byte()) + 1
        let text = Array(input.rest)
        let places = Places(text, .json)
        var whole: Node?
        do throws(Diagnostic) {
            let root = try DocumentParser.json(text)
            places.contain(root)
            expectRoundTrip(root)
            whole = root
        } catch {
            places.contain(error)
        }
        expectSameList(text, whole, cut: cut)
    }

    private static func expectRoundTrip(_ root: Node) {
        for style in [DocumentPrinter.JSONStyle.compact, .pretty] {
            let printed = DocumentPrinter.json(root, style: style)
            do throws(Diagnostic) {
                let again = try DocumentParser.json(Array(printed.utf8))
                claim(again == root, "printed otherwise: \(printed)")
                claim(DocumentPrinter.json(again, style: style) == printed, "not canonical: \(printed)")
            } catch {
                fatalError("what was printed cannot be read: \(error)\n\(printed)")
            }
        }
        let sorted = DocumentPrinter.json(root, keys: .sorted)
        do throws(Diagnostic) {
            let again = try DocumentParser.json(Array(sorted.utf8))
            claim(DocumentPrinter.json(again, keys: .sorted) == sorted, "sorting is not stable: \(sorted)")
        } catch {
            fatalError("sorted text cannot be read: \(error)\n\(sorted)")
        }
    }

    /// The list that the scanner cuts out piece by piece is the one in the whole text, and it takes no broken text.
    private static func expectSameList(_ text: [UInt8], _ whole: Node?, cut: Int) {
        var scanner = JSONElementScanner()
        var pieces: [[UInt8]] = []
        var envelope: JSONElementScanner.Envelope?
        do throws(Diagnostic) {
            var rest = text[...]
            while !rest.isEmpty {
                pieces += try scanner.feed(rest.prefix(cut))
                rest = rest.dropFirst(cut)
            }
            envelope = try scanner.finish()
        } catch {
            Places(text, .json).contain(error.position.line, error.message)
        }
        guard let envelope else {
            let hasList = whole?.sequence != nil || whole?.mapping?.contains { $0.node.sequence != nil } == true
            return claim(!hasList, "the scanner finds no list where the reader finds one")
        }
        let deepest = DocumentLimits.reply.depth - (envelope.listKey == nil ? 1 : 2)
        let limits = DocumentLimits(bytes: 1 << 23, depth: deepest, nodes: 1_000_000, documents: 1)
        var elements: [Node] = []
        for piece in pieces {
            do throws(Diagnostic) {
                elements.append(try DocumentParser.json(piece, limits: limits))
            } catch {
                return claim(whole == nil, "an element is broken, the whole is not: \(error)")
            }
        }
        guard let whole else { fatalError("every element and the envelope can be read, the whole text cannot") }
        let list = whole.sequence ?? envelope.listKey.flatMap { whole[$0]?.sequence }
        claim(list == elements, "the lists differ")
    }
}

extension Places {
    /// Claims that a line is in the text.
    func contain(_ line: Int32, _ what: String) { claim(line >= 1 && Int(line) <= count, "\(what): line \(line)") }
}
