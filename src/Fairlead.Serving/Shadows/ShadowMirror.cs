using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Shadows;

/// <summary>Copies requests that were answered to the shadows of their service, each by its share.</summary>
internal sealed class ShadowMirror(ICaptureLog log, RisingClock clock, ShadowGate gate, ILogger logger)
{
    private const int ModelThreads = 1;
    private const int CallThreads = 4;
    private readonly ModelShadowRunner models = new(log, clock, logger);
    private CallShadowRunner? calls;

    /// <summary>Lets calls be copied too, which go the way that calls of clients do.</summary>
    public void Use(ForwardHandler handler) => calls = new CallShadowRunner(handler, clock);

    /// <summary>Copies a prediction that was handed over. Only a request that could be read is one.</summary>
    public void Offer(ServiceRoute service, in PendingPrediction prediction)
    {
        var (_, live, _, scratch) = prediction;
        if (scratch.Request.Rows == 0 || live.Weight == 0)
        {
            if (scratch.Error is not null)
                Skip(service, prediction, ShadowDrop.Unread);
            return;
        }

        var size = ModelShadowJob.SizeOf(scratch);
        foreach (var shadow in service.Shadows)
        {
            if (IsChosen(shadow, scratch.Unit) && HoldFor(shadow, LaneOf(shadow, ModelThreads), size) is { } lane)
                lane.Add(new ModelShadowJob(models, shadow, live, scratch, clock.Time.GetTimestamp()));
        }
    }

    /// <summary>Counts a request that there is nothing to copy of with the shadows that would have got it.</summary>
    public void Skip(ServiceRoute service, in PendingPrediction prediction, ShadowDrop reason)
    {
        if (prediction.Group.Weight == 0)
            return;
        foreach (var shadow in service.Shadows)
        {
            if (IsChosen(shadow, prediction.Scratch.Unit))
                LaneOf(shadow, ModelThreads).Numbers.CountDropped(reason);
        }
    }

    /// <summary>Copies a call that was answered, if all of it is at hand: streams and long bodies are not, and are counted.</summary>
    public void Offer(IReadOnlyList<LiveServerGroup> shadows, ForwardCall call)
    {
        if (calls is null || call.Group.Weight == 0)
            return;
        var obstacle = ObstacleTo(call);
        var unit = call.Unit is null ? [] : Encoding.UTF8.GetBytes(call.Unit);
        var size = CallShadowJob.SizeOf(call);
        foreach (var shadow in shadows)
        {
            if (!IsChosen(shadow, unit))
                continue;
            var lane = LaneOf(shadow, CallThreads);
            if (obstacle is { } reason)
                lane.Numbers.CountDropped(reason);
            else if (HoldFor(shadow, lane, size) is not null)
                lane.Add(new CallShadowJob(calls, shadow, call, clock.Time.GetTimestamp()));
        }
    }

    /// <summary>A unit is mirrored with all of its requests or with none; its part of a shadow's share tells nothing of its part of the traffic.</summary>
    private static bool IsChosen(LiveServerGroup shadow, ReadOnlySpan<byte> unit) =>
        shadow.Mirror == Weight.Whole || (unit.IsEmpty ? ThreadRandom.Next() : UnitHash.Of(shadow.NameUtf8, unit)) % Weight.Whole < (ulong)shadow.Mirror;

    /// <summary>Null for a call of which all is at hand.</summary>
    private static ShadowDrop? ObstacleTo(ForwardCall call)
    {
        if (call.Status == ForwardHandler.ClientClosedRequest)
            return ShadowDrop.Abandoned;
        if (call.RequestMessages?.Messages > 1 || call.AnswerMessages?.Messages > 1)
            return ShadowDrop.Stream;
        if (call.Request.IsTooLong || call.Answer.IsTooLong)
            return ShadowDrop.TooLong;
        if (!call.Request.IsWhole || !call.Answer.IsWhole || call.Status == StatusCodes.Status101SwitchingProtocols)
            return ShadowDrop.Stream;

        // The answer to a unary call may come before the end of its request does, whose one message is all that there is of it.
        var isRead = call.RequestMessages is null ? call.IsRequestWhole : call.RequestMessages is { Messages: 1 } messages && (call.IsRequestWhole || messages.IsBetween);
        return isRead ? null : ShadowDrop.Unread;
    }

    /// <summary>Holds the shadow for a copy; null, and counted, when there is no room for one or the shadow is about to go.</summary>
    private static ShadowLane? HoldFor(LiveServerGroup shadow, ShadowLane lane, int size)
    {
        if (!lane.HasRoom(size))
            return null;
        if (shadow.Life.TryHold())
            return lane;
        lane.Numbers.CountDropped(ShadowDrop.Stopped);
        return null;
    }

    private ShadowLane LaneOf(LiveServerGroup shadow, int threads) =>
        shadow.Life.Shadow ?? shadow.Life.SetShadow(new ShadowLane(shadow.Name.ToString(), threads, clock.Time, gate, logger));
}
