using System.Runtime.CompilerServices;

namespace Fairlead.Transport.Loops;

/// <summary>Awaited, goes on on the loop's thread; see <see cref="EventLoop.SwitchTo"/>.</summary>
public readonly struct LoopSwitch : ICriticalNotifyCompletion
{
    private readonly EventLoop loop;

    internal LoopSwitch(EventLoop loop) => this.loop = loop;

    public bool IsCompleted => loop.IsCurrent;

    public LoopSwitch GetAwaiter() => this;

    public void GetResult()
    {
        // There is no result.
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => loop.Post(static action => ((Action)action!)(), continuation);
}
