using Fairlead.Domain.Deployments;
using Fairlead.Domain.Runs;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;

namespace Fairlead.Web.Pages.Views;

/// <summary>A state in a word, with the tone in which it is shown; never by colour alone.</summary>
public sealed record StatusView(string Text, string Tone)
{
    public const string Good = "good";
    public const string Bad = "bad";
    public const string Busy = "busy";
    public const string Quiet = "quiet";

    public static StatusView Of(RunStatus status) => status switch
    {
        RunStatus.Running => new StatusView("running", Busy),
        RunStatus.Succeeded => new StatusView("succeeded", Good),
        RunStatus.Failed => new StatusView("failed", Bad),
        RunStatus.TimedOut => new StatusView("timed out", Bad),
        RunStatus.Cancelled => new StatusView("cancelled", Quiet),
        RunStatus.Lost => new StatusView("lost", Bad),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "unknown status"),
    };

    public static StatusView Of(ServerGroupStatus status) => status switch
    {
        ServerGroupStatus.Preparing => new StatusView("preparing", Busy),
        ServerGroupStatus.Enabled => new StatusView("live", Good),
        ServerGroupStatus.Disabled => new StatusView("warm", Quiet),
        ServerGroupStatus.Failed => new StatusView("failed", Bad),
        ServerGroupStatus.Destroyed => new StatusView("destroyed", Quiet),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "unknown status"),
    };

    public static StatusView Of(ExperimentStatus status) => status switch
    {
        ExperimentStatus.Starting => new StatusView("starting", Busy),
        ExperimentStatus.Running => new StatusView("running", Busy),
        ExperimentStatus.Stopped => new StatusView("stopped", Quiet),
        ExperimentStatus.Concluded => new StatusView("concluded", Good),
        ExperimentStatus.Aborted => new StatusView("aborted", Bad),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "unknown status"),
    };

    public static StatusView Of(MetricVerdict verdict) => verdict switch
    {
        MetricVerdict.TooFew => new StatusView("too few units", Quiet),
        MetricVerdict.Undecided => new StatusView("undecided", Quiet),
        MetricVerdict.Higher => new StatusView("higher", Busy),
        MetricVerdict.Lower => new StatusView("lower", Busy),
        MetricVerdict.Kept => new StatusView("limit kept", Good),
        MetricVerdict.Broken => new StatusView("limit broken", Bad),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "unknown verdict"),
    };

    /// <summary>The HTTP status of a prediction's answer.</summary>
    public static StatusView OfHttp(int status) => new(status.ToString(), status < 400 ? Good : Bad);
}
