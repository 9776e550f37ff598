using Fairlead.Bench.Results;

namespace Fairlead.Bench.Scenarios;

/// <summary>Something that is measured.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <exception cref="BenchException">It could not be measured.</exception>
    Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken);
}
