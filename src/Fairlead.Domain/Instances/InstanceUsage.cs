namespace Fairlead.Domain.Instances;

/// <summary>What the processes of an instance use of the machine.</summary>
/// <param name="Processor">Processor time since it was started, of those processes that ended as well as far as their parents waited for them.</param>
/// <param name="Memory">Resident bytes now; what processes share counts for each of them.</param>
public readonly record struct InstanceUsage(TimeSpan Processor, long Memory);
