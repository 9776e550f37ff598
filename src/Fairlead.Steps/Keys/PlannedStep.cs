using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>A step whose inputs are known, and with them its key.</summary>
internal sealed record PlannedStep(StepDefinition Step, StepKey Key, IReadOnlyList<RunInput> Inputs);
