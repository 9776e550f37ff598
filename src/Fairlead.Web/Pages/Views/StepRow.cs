using Fairlead.Steps.Graph;

namespace Fairlead.Web.Pages.Views;

/// <param name="Variants">How many steps it stands for.</param>
/// <param name="Run">The newest run for the project as it is; null for none.</param>
/// <param name="Reason">Why it would be executed; empty when it would not.</param>
public sealed record StepRow(string Name, int Variants, StatusView Status, string? Run, string Reason)
{
    public static StepRow Of(StepGraphNode node) => new(
        node.Name,
        node.Steps,
        new StatusView(node.State, node.Stale > 0 ? StatusView.Busy : node.Cached > 0 ? StatusView.Good : StatusView.Quiet),
        node.Run,
        node.Reason ?? "");
}
