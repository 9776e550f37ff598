using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Driving;

/// <summary>What a driver is told; it answers once what came of it is on the disk.</summary>
/// <param name="Event">Null asks whether the execution's turn has come.</param>
internal sealed record DriverMessage(ExecutionEvent? Event)
{
    /// <summary>For requests of people: fails with why it was refused, and is false where the execution ended before anybody looked at it. Null when nobody waits for the answer.</summary>
    public TaskCompletionSource<bool>? Accepted { get; init; }

    public TaskCompletionSource<AdmissionResult>? Admission { get; init; }
}
