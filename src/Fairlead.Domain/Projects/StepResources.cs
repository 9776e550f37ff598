namespace Fairlead.Domain.Projects;

/// <summary>What a step may use at most; what is null is not limited. How long it may run is <see cref="StepDefinition.Timeout"/>.</summary>
public sealed record StepResources
{
    public static readonly StepResources Unlimited = new();

    /// <summary>Processors, such as 0.5 or 2: never used by more, and taken from what the machine has while the step runs.</summary>
    public double? Cpu { get; init; }

    /// <summary>Bytes of memory of all its processes together.</summary>
    public long? Memory { get; init; }

    /// <summary>Processes and threads that it may have at a time.</summary>
    public int? Pids { get; init; }

    /// <summary>Bytes that its working folder may hold: outputs, temporary files and what it writes beside its code.</summary>
    public long? Disk { get; init; }
}
