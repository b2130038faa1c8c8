import Documents
import Intents
import Reconciling

extension SimulatedFlexAI {
    /// What a create call asks for.
    private struct Wish {
        var gpuType = ""
        var gpuCount = 0
        var cpuCores = 0
        var ramGB = 0
        var userID = ""
    }

    /// Sells an instance, or says why not.
    mutating func create(_ request: SimulatedRequest, dice: inout some RandomNumberGenerator) -> TransportReply {
        let body: Node
        do throws(Diagnostic) {
            body = try DocumentParser.json(request.body)
        } catch {
            return .validation([FieldError(path: [], kind: "json_invalid", message: "JSON decode error")])
        }
        var errors: [FieldError] = []
        let wish = read(body, errors: &errors)
        guard errors.isEmpty else { return .validation(errors) }
        let key = request.header("Idempotency-Key")
        if let key, let known = living(key) {
            return known.body == request.body
                ? shown(known.serial) : .detail(422, "Idempotency-Key was used with another body")
        }
        if let refusal = refusal(of: wish) { return refusal }
        return sell(wish, key: key, body: request.body, dice: &dice)
    }

    /// The purchase that a key stands for, while the key lives.
    private func living(_ key: String) -> KeyedPurchase? {
        guard case .honoured(let lifetime) = settings.idempotencyKeys, let known = keyed[key],
            estate.now - known.at < lifetime
        else { return nil }
        return known
    }

    private func refusal(of wish: Wish) -> TransportReply? {
        guard let ware = estate.ware(named: wish.gpuType) else {
            let status = settings.dialect == .loose ? 404 : 400
            return .detail(status, "Unknown GPU type: \(wish.gpuType)")
        }
        if settings.credit == .exhausted { return .detail(402, "Out of credit") }
        let free = estate.shelf[ware].isOffered ? estate.shelf[ware].free : 0
        guard wish.gpuCount <= free else {
            let message = "No capacity for \(wish.gpuType): \(wish.gpuCount) requested, \(free) available"
            return .detail(settings.noCapacityStatus, message)
        }
        return nil
    }

    private mutating func sell(
        _ wish: Wish,
        key: String?,
        body: [UInt8],
        dice: inout some RandomNumberGenerator
    ) -> TransportReply {
        guard let ware = estate.ware(named: wish.gpuType) else { preconditionFailure("sold an unknown type") }
        let sale = SimulatedSale(
            ware: ware,
            gpuCount: wish.gpuCount,
            hourly: estate.shelf[ware].price * wish.gpuCount,
            reference: wish.userID,
            idempotencyKey: key,
            isNameless: !settings.keepsUserIDs
        )
        let serial = estate.sell(sale, idPrefix: "inst-", bootsFor: settings.bootTime, dice: &dice)
        instances.append(
            Instance(
                gpuType: wish.gpuType,
                cpuCores: wish.cpuCores,
                ramGB: wish.ramGB,
                userID: settings.keepsUserIDs ? wish.userID : nil,
                address: "10.\(serial >> 16 & 255).\(serial >> 8 & 255).\(serial & 255)"
            )
        )
        if let key, settings.idempotencyKeys != .ignored {
            keyed[key] = KeyedPurchase(serial: serial, at: estate.now, body: body)
        }
        return shown(serial, status: 201)
    }

    /// Reads every field and notes what is wrong with each, as the platform's validation does.
    private func read(_ body: Node, errors: inout [FieldError]) -> Wish {
        guard body.mapping != nil else {
            errors.append(FieldError(path: [], kind: "model_attributes_type", message: "Input should be an object"))
            return Wish()
        }
        var wish = Wish()
        wish.gpuType = text("gpu_type", in: body, &errors)
        wish.gpuCount = number("gpu_count", in: body, 1...settings.maximumGPUs, &errors)
        wish.cpuCores = number("cpu_cores", in: body, 1...1024, &errors)
        wish.ramGB = number("ram_gb", in: body, 1...65_536, &errors)
        wish.userID = text("user_id", in: body, &errors)
        _ = text("environment", in: body, &errors)
        switch body["frameworks"] {
        case nil: errors.append(.missing("frameworks"))
        case let list? where list.strings == nil:
            errors.append(FieldError(path: ["frameworks"], kind: "list_type", message: "Input should be a valid list"))
        default: break
        }
        return wish
    }

    private func text(_ name: String, in body: Node, _ errors: inout [FieldError]) -> String {
        guard let field = body[name] else {
            errors.append(.missing(name))
            return ""
        }
        guard let text = field.string, !text.isEmpty else {
            errors.append(FieldError(path: [name], kind: "string_type", message: "Input should be a valid string"))
            return ""
        }
        return text
    }

    private func number(
        _ name: String,
        in body: Node,
        _ bounds: ClosedRange<Int>,
        _ errors: inout [FieldError]
    ) -> Int {
        guard let field = body[name] else {
            errors.append(.missing(name))
            return 0
        }
        guard let number = field.wholeNumber else {
            errors.append(FieldError(path: [name], kind: "int_type", message: "Input should be a valid integer"))
            return 0
        }
        if !bounds.contains(number) {
            let message = "Input should be between \(bounds.lowerBound) and \(bounds.upperBound)"
            errors.append(FieldError(path: [name], kind: "value_error", message: message))
        }
        return number
    }
}
