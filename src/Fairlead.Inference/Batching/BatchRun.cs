namespace Fairlead.Inference.Batching;

/// <summary>One run over several requests: copies them together, scores, and gives each its answer. Reused; one thread at a time.</summary>
internal sealed class BatchRun(IModelSession session, BatchLayout layout, TimeProvider time, IRunObserver? observer)
{
    private readonly TensorJoin join = new(layout.Signature);
    private readonly InferRequest request = new();
    private readonly InferAnswer answer = new();
    private readonly List<WaitingRequest> members = [];
    private readonly int[] taken = new int[layout.Signature.Outputs.Count];

    /// <summary>Filled by the queue, empty again after <see cref="Execute"/>.</summary>
    public List<WaitingRequest> Requests { get; } = [];

    /// <summary>Scores <see cref="Requests"/>; every one that nobody cancelled has its result afterwards.</summary>
    /// <returns>False when the answer could not be split by rows: the model is not to be batched.</returns>
    public bool Execute()
    {
        try
        {
            if (Requests.Count > 1)
                return ScoreTogether();
            ScoreEach(Requests);
            return true;
        }
        catch (Exception)
        {
            // Whose fault it is shows when each is scored by itself, and what went wrong reaches that one's caller.
            ScoreEach(members);
            return true;
        }
        finally
        {
            Requests.Clear();
            members.Clear();
            join.Clear();
            request.Clear();
            answer.Clear();
        }
    }

    private void Join()
    {
        foreach (var candidate in Requests)
        {
            lock (candidate.Gate)
            {
                if (candidate.State != WaitingState.Open)
                    continue;
                join.Add(candidate.Rows, candidate.Request!.InputBlock);
                members.Add(candidate);
            }
        }
    }

    private bool ScoreTogether()
    {
        var started = time.GetTimestamp();
        Join();
        if (members.Count == 0)
            return true;
        join.WriteTo(request);
        var inference = Score(members.Count);
        taken.AsSpan().Clear();
        var split = new TensorSplit(answer.OutputBlock, join.Rows, taken);
        if (!split.IsPossible)
        {
            ScoreEach(members);
            return false;
        }

        foreach (var member in members)
        {
            bool isOpen;
            lock (member.Gate)
            {
                isOpen = member.State == WaitingState.Open;
                if (isOpen)
                    Answer(member, ref split);
                else
                    split.Skip(member.Rows);
            }

            if (isOpen)
                member.SetResult(new RunTiming(time.GetElapsedTime(member.Arrived, started), inference, join.Rows));
        }

        return true;
    }

    // Within the member's gate.
    private static void Answer(WaitingRequest member, ref TensorSplit split)
    {
        member.Answer!.Clear();
        split.Take(member.Rows, member.Answer.Outputs);
        member.Close();
    }

    private void ScoreEach(List<WaitingRequest> requests)
    {
        foreach (var member in requests)
        {
            lock (member.Gate)
            {
                if (member.State != WaitingState.Open)
                    continue;
                request.Fill(member.Rows, member.Request!.InputBlock);
            }

            ScoreAlone(member);
        }
    }

    private void ScoreAlone(WaitingRequest member)
    {
        var started = time.GetTimestamp();
        Exception? failure = null;
        var inference = TimeSpan.Zero;
        try
        {
            inference = Score(requests: 1);
        }
        catch (Exception e)
        {
            failure = e;
        }

        lock (member.Gate)
        {
            if (member.State != WaitingState.Open)
                return;
            member.Answer!.Clear();
            if (failure is null)
                member.Answer.Outputs.Append(answer.OutputBlock);
            member.Close();
        }

        if (failure is null)
            member.SetResult(new RunTiming(time.GetElapsedTime(member.Arrived, started), inference, member.Rows));
        else
            member.SetException(failure);
    }

    private TimeSpan Score(int requests)
    {
        var started = time.GetTimestamp();
        session.Run(request, answer);
        var inference = time.GetElapsedTime(started);
        observer?.RunCompleted(requests, request.Rows, inference);
        return inference;
    }
}
