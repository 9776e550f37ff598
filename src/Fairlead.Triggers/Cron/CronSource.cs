using System.Globalization;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Scheduling;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Cron;

/// <summary>
/// Times of a schedule. How far time had come is remembered, so that a restart neither loses nor doubles one; a clock that is set back comes to times that
/// have their key already.
/// </summary>
internal sealed class CronSource : ITriggerSource
{
    /// <summary>Later than this, a time was missed.</summary>
    internal static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    /// <summary>Of the times that were missed, how many are begun for <c>missed: all</c>.</summary>
    internal const int MostMissed = 100;

    private static readonly TimeSpan LongestMemory = TimeSpan.FromDays(366);
    private readonly TriggerContext trigger;
    private readonly TimeProvider time;
    private readonly CronSchedule schedule;
    private readonly string missed;
    private DateTimeOffset? next;

    /// <summary>The cursor that <see cref="next"/> comes after.</summary>
    private string? looked;

    public CronSource(TriggerContext trigger, TimeProvider time)
    {
        (this.trigger, this.time) = (trigger, time);
        schedule = CronSchedule.Parse(trigger.Settings.Required("at"), TimeZoneInfo.FindSystemTimeZoneById(trigger.Settings.Text("zone") ?? "UTC"));
        missed = trigger.Settings.Text("missed") ?? "once";
    }

    public string Source => $"{trigger.Settings.Required("at")} {trigger.Settings.Text("zone")}";

    public TimeSpan? Interval => TimeSpan.FromSeconds(1);

    public DateTimeOffset? Next => next;

    public Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var last = cursor is null ? DateTimeOffset.MaxValue : Parse(cursor);
        if (last > now)
        {
            // A clock that was set back: from here on once more, and what comes again is known by its key.
            (looked, next) = (null, schedule.Next(now));
            return Task.FromResult<TriggerLook?>(new TriggerLook(Text(now), []));
        }

        if (cursor != looked)
            (looked, next) = (cursor, schedule.Next(last));
        if (next is null || next > now)
            return Task.FromResult<TriggerLook?>(null);
        var orders = Orders(last < now - LongestMemory ? now - LongestMemory : last, now);
        return Task.FromResult<TriggerLook?>(new TriggerLook(Text(now), orders));
    }

    private List<FiringOrder> Orders(DateTimeOffset last, DateTimeOffset now)
    {
        var late = new Queue<DateTimeOffset>();
        var missing = 0;
        var onTime = new List<DateTimeOffset>();
        foreach (var moment in schedule.Between(last, now))
        {
            if (moment > now - OnTime)
            {
                onTime.Add(moment);
                continue;
            }

            missing++;
            late.Enqueue(moment);
            if (late.Count > (missed == "all" ? MostMissed : 1))
                late.Dequeue();
        }

        next = schedule.Next(now);
        // One that is on time stands for those that were missed as well.
        if (missed == "skip" || (missed == "once" && onTime.Count > 0))
            late.Clear();
        return [.. late.Select((moment, index) => Order(moment, missed == "all" ? 0 : missing - 1)), .. onTime.Select((moment, index) => Order(moment, index == 0 && missed == "once" ? missing : 0))];
    }

    private FiringOrder Order(DateTimeOffset at, int missing)
    {
        var text = Text(at);
        var cause = new ExecutionCause("cron", trigger.Name, $"{text}{(missing > 0 ? $", and {missing} before it that were missed" : "")}.");
        return trigger.Fire(text, at, cause, new JsonObject { ["at"] = text, ["missed"] = missing });
    }

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
