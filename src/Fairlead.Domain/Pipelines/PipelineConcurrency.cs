namespace Fairlead.Domain.Pipelines;

/// <summary>How many executions of a pipeline are under way at once, and what becomes of the others.</summary>
/// <param name="Limit">From 1; 1 unless several are allowed.</param>
public sealed record PipelineConcurrency(PipelineConcurrencyMode Mode, int Limit)
{
    public const int MaxLimit = 10_000;

    public static readonly PipelineConcurrency Queue = new(PipelineConcurrencyMode.Queue, 1);

    public static readonly PipelineConcurrency Latest = new(PipelineConcurrencyMode.Latest, 1);

    public static PipelineConcurrency Parallel(int limit) => new(PipelineConcurrencyMode.Parallel, limit);
}
