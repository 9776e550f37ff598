namespace Fairlead.Steps.Events;

/// <summary>Hands events of parallel steps to their receiver, one at a time.</summary>
internal sealed class EventSink(Action<StepEvent> receiver)
{
    private readonly Lock gate = new();
    private Exception? failure;

    /// <summary>Never throws: a receiver that fails is told nothing further, and its failure waits in <see cref="ThrowIfFailed"/>.</summary>
    public void Emit(StepEvent stepEvent)
    {
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

    public void ThrowIfFailed()
    {
        if (failure is not null)
            throw new InvalidOperationException("The receiver of events failed.", failure);
    }
}
