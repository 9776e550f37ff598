namespace Fairlead.Inference.Batching;

/// <summary>Requests in the order of their arrival. Not thread-safe.</summary>
internal sealed class RequestQueue
{
    /// <summary>Inputs of one run, so that a few huge requests do not become one that is too large.</summary>
    public const int MaxBytes = 32 << 20;
    private readonly LinkedList<WaitingRequest> requests = [];

    public int Count => requests.Count;

    public int Rows { get; private set; }

    /// <summary>When the first one came; only when there is one.</summary>
    public long FirstArrival => requests.First!.Value.Arrived;

    public void Add(WaitingRequest request)
    {
        requests.AddLast(request.Node);
        Rows += request.Rows;
    }

    /// <summary>Does nothing when the request is not there.</summary>
    public void Remove(WaitingRequest request)
    {
        if (request.Node.List != requests)
            return;
        requests.Remove(request.Node);
        Rows -= request.Rows;
    }

    /// <summary>Takes the first request and those behind it that fit into one run with it.</summary>
    public void Take(List<WaitingRequest> batch, int maxRows)
    {
        var rows = 0;
        var bytes = 0L;
        for (var node = requests.First; node is not null && rows < maxRows;)
        {
            var request = node.Value;
            node = node.Next;
            var fits = batch.Count == 0
                || (rows + request.Rows <= maxRows && bytes + request.Bytes <= MaxBytes && request.Inner.AsSpan().SequenceEqual(batch[0].Inner));
            if (!fits)
                continue;
            Remove(request);
            batch.Add(request);
            rows += request.Rows;
            bytes += request.Bytes;
        }
    }
}
