using System.Runtime.InteropServices;
using Fairlead.Load.Pacing;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Measuring;

/// <summary>
/// Counts what happens to requests, from several threads. What is due in the warm-up shows in the seconds and nowhere else.
/// </summary>
/// <param name="warmupNanoseconds">From the begin of the run.</param>
internal sealed class LoadRecorder(long warmupNanoseconds)
{
    /// <summary>How much later than due a request may leave and still be on time: what waking a thread takes on a busy machine.</summary>
    private const long LateNanoseconds = 1_000_000;

    private readonly Lock gate = new();
    private readonly LatencyHistogram corrected = new();
    private readonly LatencyHistogram uncorrected = new();
    private readonly LatencyHistogram sendDelay = new();
    private readonly SecondRecorder seconds = new();
    private readonly Dictionary<string, LoadError> errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> serverGroups = new(StringComparer.Ordinal);
    private long due;
    private long sent;
    private long late;
    private long unsent;
    private long succeeded;
    private long failed;
    private long abandoned;
    private long withoutPrediction;
    private int underWay;

    /// <summary>A request is due by the profile.</summary>
    public void Due(DueRequest request)
    {
        lock (gate)
        {
            seconds.Due(request.DueAt);
            if (IsCounted(request))
                due++;
        }
    }

    /// <summary>A request goes out.</summary>
    /// <param name="at">Nanoseconds from the begin of the run, as all times here.</param>
    public void Sent(DueRequest request, long at)
    {
        lock (gate)
        {
            underWay++;
            seconds.At(at).Sent++;
            if (!IsCounted(request))
                return;
            sent++;
            sendDelay.Record(at - request.DueAt);
            if (at - request.DueAt > LateNanoseconds)
                late++;
        }
    }

    /// <summary>A request ended, with an answer or without.</summary>
    public void Ended(DueRequest request, long sentAt, long at, in LoadAnswer answer)
    {
        lock (gate)
        {
            underWay--;
            if (answer.Outcome == LoadOutcome.Abandoned)
            {
                abandoned += IsCounted(request) ? 1 : 0;
                return;
            }

            // A fast refusal is no fast answer. What was never answered counts with the time that it waited: a lower bound.
            var hasLatency = answer.Outcome != LoadOutcome.Refused;
            seconds.At(at).End(answer.Outcome, hasLatency ? at - request.DueAt : null);
            if (!IsCounted(request))
                return;
            if (hasLatency)
            {
                corrected.Record(at - request.DueAt);
                uncorrected.Record(at - sentAt);
            }

            Count(answer);
        }
    }

    /// <summary>A request was due, and the run ends before a connection was free for it.</summary>
    public void Unsent(DueRequest request, long at)
    {
        lock (gate)
        {
            if (!IsCounted(request))
                return;
            unsent++;
            corrected.Record(at - request.DueAt);
        }
    }

    /// <param name="at">Now: seconds before it are complete.</param>
    /// <param name="lastSeconds">How many of them to tell, at most.</param>
    public LoadCounts Snapshot(long at, int lastSeconds)
    {
        lock (gate)
        {
            return new LoadCounts
            {
                Due = due,
                Sent = sent,
                Late = late,
                Unsent = unsent,
                Succeeded = succeeded,
                Failed = failed,
                Abandoned = abandoned,
                WithoutPrediction = withoutPrediction,
                UnderWay = underWay,
                Corrected = corrected.Summarize(),
                Uncorrected = uncorrected.Summarize(),
                SendDelay = sendDelay.Summarize(),
                Errors = [.. errors.Values.OrderByDescending(error => error.Count).ThenBy(error => error.Status, StringComparer.Ordinal)],
                ServerGroups = [.. serverGroups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new ServerGroupShare(group.Key, group.Value, (double)group.Value / succeeded))],
                Seconds = seconds.CompleteUntil(at, lastSeconds),
            };
        }
    }

    private bool IsCounted(DueRequest request) => request.DueAt >= warmupNanoseconds;

    private void Count(in LoadAnswer answer)
    {
        if (answer.Outcome != LoadOutcome.Succeeded)
        {
            failed++;
            var known = errors.GetValueOrDefault(answer.Status) ?? new LoadError(answer.Status, 0, answer.Message ?? "");
            errors[answer.Status] = known with { Count = known.Count + 1 };
            return;
        }

        succeeded++;
        if (!answer.HasPrediction)
            withoutPrediction++;
        CollectionsMarshal.GetValueRefOrAddDefault(serverGroups, answer.ServerGroup ?? "", out _)++;
    }
}
