using System.IO.Pipelines;

namespace Fairlead.Transport.Loops;

/// <summary>Runs what a pipe has to say on the loop's thread, in a later iteration.</summary>
internal sealed class LoopScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state) => loop.Post(action, state);
}
