using Fairlead.Domain.Projects;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Scheduling;

namespace Fairlead.Steps;

/// <summary>What limits all invocations of one engine together. A holder of an execution never waits for a key, so that nothing can lock up.</summary>
internal sealed class StepGates(StepEngineOptions options)
{
    private const double UsualCpu = 1;

    /// <summary>Steps of one invocation that are on their way at the same time: enough that every slot has somebody waiting for it, few enough that a graph of thousands takes no memory.</summary>
    public int Window { get; } = Math.Max(16, 4 * options.Parallelism);

    public KeyLocks Keys { get; } = new();

    public SlotPool Executions { get; } = new(options.Parallelism, options.Memory);

    public static SlotRequest RequestOf(StepDefinition step, int height, int position) =>
        new(step.Resources.Cpu ?? UsualCpu, step.Resources.Memory ?? 0, height, position);
}
