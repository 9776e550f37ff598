using Fairlead.Domain.Artifacts.Keeping;

namespace Fairlead.Web.Endpoints;

/// <summary>What is known of the store at a time.</summary>
/// <param name="Usage">What takes how much.</param>
/// <param name="Cleaning">What a cleaning by the usual rules would remove; null when nobody can tell, and then <paramref name="Problem"/> says why.</param>
internal sealed record StoreFacts(DateTimeOffset At, UsageReport Usage, CleaningReport? Cleaning, string? Problem);
