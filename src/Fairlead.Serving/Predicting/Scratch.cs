using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Inference;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Predicting;

/// <summary>
/// What one infer request needs to be answered, reused for many. A thread keeps one at hand; a request that must wait takes it along, and
/// gives it back on whatever thread it ends.
/// </summary>
internal sealed class Scratch
{
    private const int MostSpare = 64;
    private static readonly ConcurrentQueue<Scratch> Spare = new();

    [ThreadStatic]
    private static Scratch? atHand;
    private readonly byte[] trace = new byte[TraceParent.TraceIdSize];
    private byte[] unit = new byte[256];
    private int unitLength;
    private ByteBudget? budget;
    private long held;

    private Scratch()
    {
        // By Rent only.
    }

    public InferRequest Request { get; } = new();

    public InferAnswer Answer { get; } = new();

    public GrowableBuffer Output { get; } = new();

    /// <summary>Length of the JSON before the binary tensors in the output; null when it is all JSON.</summary>
    public int? JsonLength { get; set; }

    public Arrival Arrival { get; private set; }

    public PredictionId Id { get; private set; }

    /// <summary>How the server group was chosen.</summary>
    public RouteKind Route { get; set; }

    public int BytesIn { get; private set; }

    /// <summary>For whom the prediction is made, UTF-8.</summary>
    public ReadOnlySpan<byte> Unit => unit.AsSpan(0, unitLength);

    public bool IsTraced { get; private set; }

    /// <summary>16 bytes, or empty.</summary>
    public ReadOnlySpan<byte> TraceId => IsTraced ? trace : default;

    public int Status { get; private set; }

    /// <summary>Null as long as nothing went wrong.</summary>
    public string? Error { get; private set; }

    /// <summary>Microseconds that each part took.</summary>
    public int InputTime { get; set; }

    public int QueueTime { get; set; }

    public int InferenceTime { get; set; }

    public int OutputTime { get; set; }

    public static Scratch Rent()
    {
        var scratch = atHand;
        if (scratch is null)
            return Spare.TryDequeue(out var spare) ? spare : new Scratch();
        atHand = null;
        return scratch;
    }

    public void Return()
    {
        Clear();
        if (atHand is null)
            atHand = this;
        else if (Spare.Count < MostSpare)
            Spare.Enqueue(this);
    }

    /// <summary>Notes what the request's headers say.</summary>
    public void Begin(IHeaderDictionary headers, in Arrival arrival, int bytes)
    {
        Arrival = arrival;
        BytesIn = bytes;
        Id = arrival.NewId();
        Status = StatusCodes.Status200OK;
        Route = RouteKind.Unknown;
        if (headers.TryGetValue(Predictor.UnitHeader, out var units) && units.Count > 0)
            SetUnit(units[0]);
        var parent = headers.TraceParent;
        IsTraced = parent.Count > 0 && TraceParent.TryRead(parent[0], trace);
    }

    /// <summary>The trace that the host's own span of the request belongs to.</summary>
    public void TakeTrace(ActivityTraceId id)
    {
        id.CopyTo(trace);
        IsTraced = true;
    }

    public void Fail(int status, string error) => (Status, Error) = (status, error);

    /// <summary>Counts what the tensors take, where they are large, against what all requests under way may take together.</summary>
    /// <exception cref="OverloadedException">There is no room for them.</exception>
    public void Hold(ByteBudget bytes)
    {
        var large = Request.LargeBytes;
        if (large == 0)
            return;
        // Its body grew by doubling, and may be there packed and unpacked.
        if (!bytes.TryTake(large, ofOne: 3L * BytesIn))
            throw new OverloadedException(bytes.Refusal);
        (budget, held) = (bytes, large);
    }

    /// <summary>Counts what the answer takes as well. It is there already: those that come after it are refused.</summary>
    public void HoldAnswer(ByteBudget bytes)
    {
        var large = Answer.LargeBytes + (long)Output.LargeBytes;
        if (large == 0)
            return;
        bytes.Take(large);
        (budget, held) = (bytes, held + large);
    }

    private void SetUnit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (unit.Length < longest)
            unit = new byte[longest];
        unitLength = Encoding.UTF8.GetBytes(text, unit);
    }

    private void Clear()
    {
        Request.Clear();
        Answer.Clear();
        JsonLength = null;
        unitLength = 0;
        IsTraced = false;
        Error = null;
        (InputTime, QueueTime, InferenceTime, OutputTime) = (0, 0, 0, 0);
        Output.Clear();
        budget?.Return(held);
        (budget, held) = (null, 0);
    }
}
