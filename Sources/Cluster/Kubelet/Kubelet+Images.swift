import Support
import Value

// Pulling images. Source: pkg/kubelet/images, EnsureImageExists.
extension Kubelet {
    /// Sees to the image of a container: `.started` when it is on the node.
    func pullImage(_ work: PodWork, _ index: Int) -> Attempt {
        let plan = work.runs[index].plan
        let image = plan.image
        if let fault = image.fault {
            let message =
                "Failed to apply default image tag \"\(image.text)\": couldn't parse image name "
                + "\"\(image.text)\": \(fault)"
            tell(work, .warning, "InspectFailed", message, container: index)
            return fail(work, index, "InvalidImageName", message)
        }
        let isPresent =
            profile.runtime.hasAllImages || nodes[work.node].images.contains(image.normalized)
        if plan.pullPolicy == "Never" || plan.pullPolicy == "IfNotPresent" && isPresent {
            if isPresent {
                tell(
                    work, .normal, "Pulled",
                    "Container image \"\(image.text)\" already present on machine and can be "
                        + "accessed by the pod",
                    container: index)
                return .started
            }
            let message =
                "Container image \"\(image.text)\" is not present with pull policy of Never"
            tell(work, .warning, "ErrImageNeverPull", message, container: index)
            return fail(work, index, "ErrImageNeverPull", message)
        }
        if let failed = work.pulls[image.text], failed.backOff.holdsSinceRaise(now) {
            return backOffPull(work, index, failed)
        }
        tell(work, .normal, "Pulling", "Pulling image \"\(image.text)\"", container: index)
        let behavior = behavior(work, index)
        if let words = behavior.pullFailure, !words.isEmpty { return failPull(work, index, words) }
        guard let time = behavior.pullTime else {
            let time = profile.runtime.pullTime
            pulled(work, index, took: time, waited: time)
            return .started
        }
        // One image after another (serializeImagePulls).
        let begin = max(now, nodes[work.node].pullsUntil)
        nodes[work.node].pullsUntil = begin + time
        work.isBusy = true
        work.runs[index].isStarting = true
        work.runs[index].pullSince = now
        schedule(
            work, after: begin + time - now, Code.pulled, container: index,
            generation: work.runs[index].generation)
        return .busy
    }

    /// A pull that took its time is done: the container is created, and the turn goes on.
    func pullDone(_ work: PodWork, _ index: Int) {
        work.isBusy = false
        work.runs[index].isStarting = false
        let time = behavior(work, index).pullTime ?? profile.runtime.pullTime
        pulled(work, index, took: time, waited: now - work.runs[index].pullSince)
        switch create(work, index) {
        case .busy: return
        case .failed: planSync(work, after: Self.retry)
        case .started: break
        }
        sync(work)
    }

    private func pulled(
        _ work: PodWork, _ index: Int, took: Milliseconds, waited: Milliseconds
    ) {
        let image = work.runs[index].plan.image
        nodes[work.node].images.insert(image.normalized)
        tell(
            work, .normal, "Pulled",
            "Successfully pulled image \"\(image.text)\" in \(goDuration(took)) "
                + "(\(goDuration(waited)) including waiting). "
                + "Image size: \(size(of: image.normalized)) bytes.", container: index)
    }

    /// An image's size by its name: between 10 and 200 MB.
    private func size(of image: String) -> UInt64 {
        guard profile.runtime.resolvesImages else { return 0 }
        var hash = StableHash()
        hash.combine(image)
        return 10_000_000 + hash.value % 190_000_000
    }

    /// Source: 1.36 words the error as containerd's client does; the status wraps it while backing off
    /// (kubernetes#127918).
    private func failPull(_ work: PodWork, _ index: Int, _ words: String) -> Attempt {
        let image = work.runs[index].plan.image
        let isMissing = words == "not found"
        let message =
            (isMissing ? "rpc error: code = NotFound desc = " : "")
            + "failed to pull and unpack image \"\(image.normalized)\": failed to resolve reference "
            + "\"\(image.normalized)\": \(isMissing ? image.normalized + ": " : "")\(words)"
        tell(
            work, .warning, "Failed", "Failed to pull image \"\(image.text)\": \(message)",
            container: index)
        var failed = work.pulls[image.text] ?? FailedPull()
        failed.backOff.raise(now, now)
        failed.failure = message
        work.pulls[image.text] = failed
        // The sandbox is news to the kubelet: its next turn comes soon after a first attempt.
        let isFirst = failed.backOff.delay == BackOff.initial
        let outcome = fail(work, index, "ErrImagePull", message)
        if isFirst {
            planSync(work, after: Self.relist)
        } else {
            planAttempt(work, index, at: failed.backOff.end)
        }
        return outcome
    }

    private func backOffPull(_ work: PodWork, _ index: Int, _ failed: FailedPull) -> Attempt {
        let text = "Back-off pulling image \"\(work.runs[index].plan.image.text)\""
        tell(work, .normal, "BackOff", text, container: index)
        planAttempt(work, index, at: failed.backOff.end)
        return fail(
            work, index, "ImagePullBackOff", "\(text): ErrImagePull: \(failed.failure)")
    }

    /// Notes why a container could not be started.
    func fail(_ work: PodWork, _ index: Int, _ reason: String, _ message: String) -> Attempt {
        let text =
            reason == "CreateContainerConfigError" || reason == "RunContainerError"
            ? message : reason
        tell(work, .warning, "Failed", "Error: \(text)", container: index)
        work.runs[index].trouble = ContainerRun.Trouble(reason: reason, message: message)
        return .failed
    }
}
