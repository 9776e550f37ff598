using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>One thing that happened to an execution.</summary>
public sealed record ExecutionEventRow(TimeView At, string What, string Stage, string By)
{
    public static ExecutionEventRow Of(RecordedEvent recorded, DateTimeOffset now)
    {
        var happened = recorded.Event;
        var what = happened.Kind switch
        {
            ExecutionEventKind.Created => "asked for",
            ExecutionEventKind.Admitted => "its turn came",
            ExecutionEventKind.ActivityFinished => $"{happened.Key} {(happened.Error is null ? "ended" : $"failed: {happened.Error}")}",
            ExecutionEventKind.TimeReached => "a time came",
            ExecutionEventKind.Signalled => happened.Signal ?? "told something",
            ExecutionEventKind.CancelRequested => $"cancelled {happened.Reason}",
            ExecutionEventKind.RestartRequested => "restarted from here",
            ExecutionEventKind.ForceEnded => $"its end was forced {happened.Reason}",
            _ => happened.Kind.ToString().ToLowerInvariant(),
        };
        return new ExecutionEventRow(TimeView.Of(happened.At, now), what, happened.Stage ?? "", happened.By ?? "");
    }
}
