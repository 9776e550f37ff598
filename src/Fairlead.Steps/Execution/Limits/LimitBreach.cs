namespace Fairlead.Steps.Execution.Limits;

/// <param name="Clause">What the step did, such as <c>used more than its 2 GiB of memory</c>.</param>
/// <param name="Cure">What to do about it, an imperative clause.</param>
/// <param name="IsCertain">It ended the step; otherwise it may be why the step failed.</param>
internal sealed record LimitBreach(string Clause, string Cure, bool IsCertain)
{
    public static LimitBreach Memory(long bytes) => new($"used more than its {Quantity.Bytes(bytes)} of memory", "raise `resources.memory` or make it smaller", IsCertain: true);

    public static LimitBreach Processes(int count, bool isCertain) => new($"wanted more than its {count} processes", "raise `resources.pids` or let it start fewer", isCertain);

    public static LimitBreach Disk(long bytes) => new($"wrote more than its {Quantity.Bytes(bytes)} of disk", "raise `resources.disk` or let it write less", IsCertain: true);
}
