using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps.Searching;

/// <summary>
/// Decides what is tried next: a pure function of the plan and of the trials so far, so that a sweep that was stopped anywhere goes on as if it had not been.
/// It must not depend on which of the trials under way end first.
/// </summary>
internal interface ISearch
{
    /// <summary>As the order names it.</summary>
    string Name { get; }

    /// <summary>How many trials it takes when all succeed.</summary>
    int CountTrials(SearchPlan plan);

    /// <param name="trials">In the order of their numbers, without a gap; some are still running.</param>
    SearchStep Next(SearchPlan plan, IReadOnlyList<TrialRecord> trials);
}
