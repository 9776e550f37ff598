using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Pages.Views;

/// <summary>A command that comes next, and what it does.</summary>
public sealed record NextStepView(string Command, string Effect)
{
    /// <summary>The steps that are left until something is live, in order.</summary>
    internal static IReadOnlyList<NextStepView> Of(StatusAnswer status, IReadOnlyList<Release> releases, IReadOnlyList<Run> runs)
    {
        if (status.ServerGroups.Any(group => group.Status == ServerGroupStatus.Enabled))
            return [];
        var environment = status.Environments.Count > 0 ? status.Environments[0] : "ENVIRONMENT";
        var steps = new List<NextStepView>();
        if (!runs.Any(run => run.Status == RunStatus.Succeeded))
            steps.Add(new NextStepView("fairlead run", "runs the steps of the project, in the order in which they depend on one another"));
        if (releases.Count == 0)
            steps.Add(new NextStepView("fairlead release", "bundles the services with the models of this commit"));
        steps.Add(new NextStepView($"fairlead deploy {environment}", $"makes the newest release live in {environment}"));
        return steps;
    }
}
