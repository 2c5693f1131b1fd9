extension FieldSummaries {
    static let devices = #"""
        resource.v1.AllocatedDeviceStatus.conditions What the driver has to say of the device, such
         as whether it is ready.
        resource.v1.AllocatedDeviceStatus.data Whatever the driver tells; any JSON up to 10 KiB.
        resource.v1.AllocatedDeviceStatus.device The device's name in its pool.
        resource.v1.AllocatedDeviceStatus.driver The driver, such as gpu.example.com.
        resource.v1.AllocatedDeviceStatus.networkData Addresses of a network device.
        resource.v1.AllocatedDeviceStatus.pool The device's pool.
        resource.v1.AllocatedDeviceStatus.shareID Tells shares of one device apart.
        resource.v1.AllocationResult.allocationTimestamp When the devices were allocated.
        resource.v1.AllocationResult.devices The devices, and how they are set up.
        resource.v1.AllocationResult.nodeSelector Nodes that can reach the devices; all where none
         is given.
        resource.v1.CELDeviceSelector.expression A CEL expression over device, such as
         device.attributes["gpu.example.com"].model == "a100".
        resource.v1.CapacityRequestPolicy.default What a request takes that names no amount.
        resource.v1.CapacityRequestPolicy.validRange Amounts that are allowed, as a range; others
         are rounded up.
        resource.v1.CapacityRequestPolicy.validValues Amounts that are allowed, in rising order;
         others are rounded up.
        resource.v1.CapacityRequestPolicyRange.max The greatest amount; the whole capacity where
         none is given.
        resource.v1.CapacityRequestPolicyRange.min The least amount.
        resource.v1.CapacityRequestPolicyRange.step The distance between allowed amounts, from min
         on.
        resource.v1.CapacityRequirements.requests How much is needed of each capacity, such as
         memory: 10Gi.
        resource.v1.Counter.value How much there is.
        resource.v1.CounterSet.counters The counters by name.
        resource.v1.CounterSet.name The set's name, unique in the pool.
        resource.v1.Device.allNodes Whether every node can reach the device.
        resource.v1.Device.allowMultipleAllocations Whether several requests can share it; false
         where none is given.
        resource.v1.Device.attributes Facts of the device, which selectors can ask for; at most 32.
        resource.v1.Device.bindingConditions Conditions that must be true before a pod is bound; at
         most 4.
        resource.v1.Device.bindingFailureConditions Conditions that, when true, make the scheduler
         look elsewhere; at most 4.
        resource.v1.Device.bindsToNode Whether an allocation is for the chosen node alone; false
         where none is given.
        resource.v1.Device.capacity Amounts that the device has, such as memory.
        resource.v1.Device.consumesCounters What the device takes from shared counters.
        resource.v1.Device.name The device's name, unique in its pool.
        resource.v1.Device.nodeAllocatableResourceMappings Resources of the node, such as cpu, that
         the device takes.
        resource.v1.Device.nodeName The node that can reach the device.
        resource.v1.Device.nodeSelector Nodes that can reach the device.
        resource.v1.Device.taints Taints that keep claims off, unless they tolerate them.
        resource.v1.DeviceAllocationConfiguration.source Whether it comes from the DeviceClass or
         from the claim.
        resource.v1.DeviceAllocationResult.config How the devices are set up; the class's settings
         first.
        resource.v1.DeviceAllocationResult.results The devices, request by request.
        resource.v1.DeviceAttribute.bool A truth value.
        resource.v1.DeviceAttribute.bools Several truth values.
        resource.v1.DeviceAttribute.int A whole number.
        resource.v1.DeviceAttribute.ints Several whole numbers.
        resource.v1.DeviceAttribute.string A text, up to 64 characters.
        resource.v1.DeviceAttribute.strings Several texts.
        resource.v1.DeviceAttribute.version A semantic version, such as 1.2.3.
        resource.v1.DeviceAttribute.versions Several semantic versions.
        resource.v1.DeviceCapacity.requestPolicy Which amounts can be asked for, where the device is
         shared.
        resource.v1.DeviceCapacity.value How much there is, such as 40Gi.
        resource.v1.DeviceClaim.config Settings for drivers.
        resource.v1.DeviceClaim.constraints What devices of several requests must have in common.
        resource.v1.DeviceClaim.requests The devices that are needed; all requests must be met.
        resource.v1.DeviceClaimConfiguration.opaque Settings that only the driver understands.
        resource.v1.DeviceClaimConfiguration.requests Names of the requests it is for; all where
         none are given.
        resource.v1.DeviceClass.spec Which devices belong to the class, and how they are set up.
        resource.v1.DeviceClassSpec.config Settings that every claim of the class gets.
        resource.v1.DeviceClassSpec.extendedResourceName The extended resource, such as
         example.com/gpu, by which pods can ask without a claim.
        resource.v1.DeviceClassSpec.selectors Conditions on devices; all must hold.
        resource.v1.DeviceConstraint.distinctAttribute An attribute that must differ from device to
         device.
        resource.v1.DeviceConstraint.matchAttribute An attribute that must be equal, such as
         dra.example.com/numa.
        resource.v1.DeviceConstraint.requests Names of the requests it is for; all where none are
         given.
        resource.v1.DeviceCounterConsumption.counterSet The set of counters.
        resource.v1.DeviceCounterConsumption.counters How much it takes, by counter.
        resource.v1.DeviceRequest.exactly One kind of device; not together with firstAvailable.
        resource.v1.DeviceRequest.firstAvailable Several wishes, of which the first that can be met
         counts; at most 8.
        resource.v1.DeviceRequest.name The request's name, unique in the claim.
        resource.v1.DeviceRequestAllocationResult.adminAccess Whether access is for watching over a
         device that others use.
        resource.v1.DeviceRequestAllocationResult.bindingConditions Conditions that must be true
         before the pod is bound.
        resource.v1.DeviceRequestAllocationResult.bindingFailureConditions Conditions that, when
         true, make the scheduler look elsewhere.
        resource.v1.DeviceRequestAllocationResult.consumedCapacity How much of a shared device is
         taken.
        resource.v1.DeviceRequestAllocationResult.device The device's name in its pool.
        resource.v1.DeviceRequestAllocationResult.driver The driver, such as gpu.example.com.
        resource.v1.DeviceRequestAllocationResult.pool The device's pool.
        resource.v1.DeviceRequestAllocationResult.request The request it answers, as REQUEST or
         REQUEST/SUBREQUEST.
        resource.v1.DeviceRequestAllocationResult.shareID Tells shares of one device apart.
        resource.v1.DeviceRequestAllocationResult.tolerations The tolerations of the request.
        resource.v1.DeviceSelector.cel A condition in CEL.
        resource.v1.ExactDeviceRequest.adminAccess Whether access is for watching over devices that
         others use; false where none is given.
        resource.v1.ExactDeviceRequest.allocationMode A number of devices (ExactCount, as where none
         is given) or All that match.
        resource.v1.ExactDeviceRequest.capacity How much is needed of a device that can be shared.
        resource.v1.ExactDeviceRequest.count How many devices, with ExactCount; 1 where none is
         given.
        resource.v1.ExactDeviceRequest.deviceClassName The DeviceClass.
        resource.v1.ExactDeviceRequest.selectors Further conditions on devices; all must hold.
        resource.v1.ExactDeviceRequest.tolerations Taints of devices that the request puts up with.
        resource.v1.DeviceSubRequest.name The wish's name, unique in the request.
        resource.v1.DeviceTaint.effect What it does: nothing, no new pods, or running ones are
         evicted, too.
        resource.v1.DeviceTaint.key The taint's name, such as gpu.example.com/unhealthy.
        resource.v1.DeviceTaint.timeAdded When it was added.
        resource.v1.DeviceTaint.value The taint's value; may be empty.
        resource.v1.NetworkDeviceData.hardwareAddress The hardware address, such as a MAC address.
        resource.v1.NetworkDeviceData.interfaceName The interface's name in the pod.
        resource.v1.NetworkDeviceData.ips Addresses with their ranges, such as 10.1.2.3/24.
        resource.v1.NodeAllocatableResourceMapping.allocationMultiplier By what the capacity is
         multiplied, or the amount per device; 1 where none is given.
        resource.v1.NodeAllocatableResourceMapping.capacityKey The capacity that tells the amount;
         one device counts as one where none is given.
        resource.v1.OpaqueDeviceConfiguration.driver The driver that the settings are for.
        resource.v1.OpaqueDeviceConfiguration.parameters The settings, any JSON up to 10 KiB.
        resource.v1.ResourceClaim.spec The devices that are needed; never changes.
        resource.v1.ResourceClaim.status Which devices were allocated, and who uses them.
        resource.v1.ResourceClaimSpec.devices What is needed, in requests, constraints and settings.
        resource.v1.ResourceClaimConsumerReference.apiGroup The user's group; the core group where
         none is given.
        resource.v1.ResourceClaimConsumerReference.name The user's name, such as a pod's.
        resource.v1.ResourceClaimConsumerReference.resource The user's resource, such as pods.
        resource.v1.ResourceClaimConsumerReference.uid The user's uid.
        resource.v1.ResourceClaimStatus.allocation The devices that were found; none until then.
        resource.v1.ResourceClaimStatus.devices What drivers have to say of each device.
        resource.v1.ResourceClaimStatus.reservedFor Who may use the claim now, at most 256; it is
         kept while anyone is listed.
        resource.v1.ResourceClaimTemplate.spec The claim that is made for each pod; never changes.
        resource.v1.ResourceClaimTemplateSpec.metadata Labels and annotations of the claims.
        resource.v1.ResourceClaimTemplateSpec.spec The spec of the claims.
        resource.v1.ResourcePool.generation Counts the changes of the pool; only slices of the
         highest number count.
        resource.v1.ResourcePool.name The pool's name; often the node's.
        resource.v1.ResourcePool.resourceSliceCount How many slices the pool has in this generation.
        resource.v1.ResourceSlice.spec The devices, and where they can be reached.
        resource.v1.ResourceSliceSpec.allNodes Whether every node can reach the devices.
        resource.v1.ResourceSliceSpec.devices The devices, at most 128.
        resource.v1.ResourceSliceSpec.driver The driver that publishes the slice; never changes.
        resource.v1.ResourceSliceSpec.nodeName The node that has the devices; never changes.
        resource.v1.ResourceSliceSpec.nodeSelector Nodes that can reach the devices.
        resource.v1.ResourceSliceSpec.perDeviceNodeSelection Whether each device says itself which
         nodes can reach it.
        resource.v1.ResourceSliceSpec.pool The pool that the slice belongs to.
        resource.v1.ResourceSliceSpec.sharedCounters Amounts that devices of the pool share, such as
         parts of one card.
        """#
}
