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
            return;
        var size = ModelShadowJob.SizeOf(scratch);
        foreach (var shadow in service.Shadows)
        {
            if (IsChosen(shadow, scratch.Unit) && LaneOf(shadow, ModelThreads) is { } lane && lane.HasRoom(size) && shadow.Life.TryHold())
                lane.Add(new ModelShadowJob(models, shadow, live, scratch, clock.Time.GetTimestamp()));
        }
    }

    /// <summary>Copies a call that was answered, if all of it is at hand: streams and long bodies are not.</summary>
    public void Offer(IReadOnlyList<LiveServerGroup> shadows, ForwardCall call)
    {
        if (calls is null || call.Group.Weight == 0 || !MayBeCopied(call))
            return;
        var unit = call.Unit is null ? [] : Encoding.UTF8.GetBytes(call.Unit);
        var size = CallShadowJob.SizeOf(call);
        foreach (var shadow in shadows)
        {
            if (IsChosen(shadow, unit) && LaneOf(shadow, CallThreads) is { } lane && lane.HasRoom(size) && shadow.Life.TryHold())
                lane.Add(new CallShadowJob(calls, shadow, call, clock.Time.GetTimestamp()));
        }
    }

    /// <summary>A unit is mirrored with all of its requests or with none; its part of a shadow's share tells nothing of its part of the traffic.</summary>
    private static bool IsChosen(LiveServerGroup shadow, ReadOnlySpan<byte> unit) =>
        shadow.Mirror == Weight.Whole || (unit.IsEmpty ? ThreadRandom.Next() : UnitHash.Of(shadow.NameUtf8, unit)) % Weight.Whole < (ulong)shadow.Mirror;

    // The answer to a unary call may come before the end of its request does, whose one message is all that there is of it.
    private static bool MayBeCopied(ForwardCall call) =>
        (call.IsRequestWhole || call.RequestMessages is { Messages: 1, IsBetween: true }) && call.Request.IsWhole && call.Answer.IsWhole && call.Status != StatusCodes.Status101SwitchingProtocols
        && call.Status != ForwardHandler.ClientClosedRequest
        && (call.RequestMessages is null || (call.RequestMessages.Messages == 1 && call.AnswerMessages!.Messages <= 1));

    private ShadowLane LaneOf(LiveServerGroup shadow, int threads) =>
        shadow.Life.Shadow ?? shadow.Life.SetShadow(new ShadowLane(shadow.Name.ToString(), threads, clock.Time, gate, logger));
}
