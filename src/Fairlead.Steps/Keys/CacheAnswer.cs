using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <param name="Run">The run to reuse, or null when the step must be executed.</param>
/// <param name="Reason">For people.</param>
internal sealed record CacheAnswer(RunBrief? Run, string Reason);
