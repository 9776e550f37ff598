using Fairlead.Domain.Instances;

namespace Fairlead.Web.Pages.Views;

/// <summary>One instance of a command service.</summary>
/// <param name="Label">Process id or pod, empty while none runs.</param>
/// <param name="Message">Why it is not ready, when it is not.</param>
public sealed record InstanceView(string ServerGroup, int Number, StatusView Status, string Label, int Restarts, string? Message)
{
    public static InstanceView Of(InstanceReport report) => new(
        report.ServerGroup.ToString(),
        report.Number,
        new StatusView(report.State.ToString().ToLowerInvariant(), report.State switch
        {
            InstanceState.Ready => StatusView.Good,
            InstanceState.Ejected or InstanceState.Waiting => StatusView.Bad,
            _ => StatusView.Busy,
        }),
        report.Label,
        report.Restarts,
        report.Message);
}
