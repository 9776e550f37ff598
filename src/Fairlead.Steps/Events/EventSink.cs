namespace Fairlead.Steps.Events;

/// <summary>Hands events of parallel steps to their receiver, one at a time.</summary>
/// <param name="withOutput">False: what steps write is not handed on.</param>
internal sealed class EventSink(Action<StepEvent> receiver, bool withOutput = true)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private Exception? failure;

    /// <summary>Never throws: a receiver that fails is told nothing further, and its failure waits in <see cref="ThrowIfFailed"/>.</summary>
    public void Emit(StepEvent stepEvent)
    {
        if (!withOutput && stepEvent is StepOutput)
            return;
        lock (gate)
        {
            if (failure is not null)
                return;
            try
            {
                receiver(stepEvent);
            }
            catch (Exception e)
            {
                // A step whose output nobody reads would block for ever.
                failure = e;
            }
        }
    }

    /// <summary>Says something of a step that holds for others, too, with the output of the first one.</summary>
    public void TellOnce(string step, string text)
    {
        lock (gate)
        {
            if (!told.Add(text))
                return;
        }

        Emit(new StepOutput(step, $"[fairlead] {text}"));
    }

    public void ThrowIfFailed()
    {
        if (failure is not null)
            throw new InvalidOperationException("The receiver of events failed.", failure);
    }
}
