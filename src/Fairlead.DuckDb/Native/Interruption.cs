namespace Fairlead.DuckDb.Native;

/// <summary>
/// Interrupts a connection's call while a token is cancelled. The library forgets an interrupt that arrives before the statement has begun,
/// therefore it is repeated until the call has returned; none is sent after that, so that the connection's next statement is left alone.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private readonly Lock gate = new();
    private readonly ConnectionHandle connection;
    private readonly CancellationTokenRegistration registration;
    private ITimer? timer;
    private bool ended;

    private Interruption(ConnectionHandle connection, CancellationToken cancellationToken)
    {
        this.connection = connection;
        registration = cancellationToken.UnsafeRegister(static self => ((Interruption)self!).Begin(), this);
    }

    public static Interruption? Start(ConnectionHandle connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return cancellationToken.CanBeCanceled ? new Interruption(connection, cancellationToken) : null;
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            timer?.Dispose();
        }

        registration.Unregister();
    }

    private void Begin()
    {
        lock (gate)
        {
            if (!ended)
                timer = TimeProvider.System.CreateTimer(static self => ((Interruption)self!).Interrupt(), this, TimeSpan.Zero, Period);
        }
    }

    private void Interrupt()
    {
        lock (gate)
        {
            if (!ended)
                NativeMethods.Interrupt(connection);
        }
    }
}
