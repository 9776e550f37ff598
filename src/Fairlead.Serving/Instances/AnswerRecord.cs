namespace Fairlead.Serving.Instances;

/// <summary>How an instance answered lately.</summary>
internal sealed class AnswerRecord(InstancePolicy policy)
{
    private int failuresInARow;
    private int answers;
    private int errors;

    /// <summary>True when it has just become bad enough to be ejected.</summary>
    public bool Count(InstanceOutcome outcome)
    {
        Interlocked.Increment(ref answers);
        if (outcome == InstanceOutcome.Answered)
        {
            // Read first: a write by every request would take the line from the other cores.
            if (Volatile.Read(ref failuresInARow) != 0)
                Volatile.Write(ref failuresInARow, 0);
            return false;
        }

        Interlocked.Increment(ref errors);
        return outcome == InstanceOutcome.Failed && Interlocked.Increment(ref failuresInARow) == policy.FailuresToEject;
    }

    /// <summary>Begins a new interval; true when too large a share of the last one's answers were errors.</summary>
    public bool TakeInterval()
    {
        var (all, bad) = (Interlocked.Exchange(ref answers, 0), Interlocked.Exchange(ref errors, 0));
        return all >= policy.LeastAnswers && bad >= policy.ErrorRate * all;
    }

    public void Clear()
    {
        Volatile.Write(ref failuresInARow, 0);
        TakeInterval();
    }
}
