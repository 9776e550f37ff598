using System.Diagnostics.Metrics;

namespace Fairlead.Notices.Sending;

/// <summary>What is counted of messages.</summary>
internal static class NoticeMetrics
{
    private static readonly Meter Meter = new("Fairlead.Notices");

    public static readonly Counter<long> Delivered = Meter.CreateCounter<long>("fairlead.notices.delivered", "{message}", "Messages that arrived.");

    public static readonly Counter<long> Failed = Meter.CreateCounter<long>("fairlead.notices.failed", "{attempt}", "Attempts to deliver a message that failed.");

    public static readonly Counter<long> Dead = Meter.CreateCounter<long>("fairlead.notices.dead", "{message}", "Messages that were given up.");

    public static readonly Histogram<double> Delay = Meter.CreateHistogram<double>("fairlead.notices.delay", "s", "From what happened to the message's arrival.");

    public static KeyValuePair<string, object?> Of(string channel) => new("channel", channel);
}
