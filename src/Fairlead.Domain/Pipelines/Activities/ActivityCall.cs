using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>What an activity is asked to do.</summary>
/// <param name="Execution">Number of the execution.</param>
/// <param name="Key">The same for every try of the same activity.</param>
/// <param name="Heartbeat">To be called whenever there is progress; from any thread.</param>
public sealed record ActivityCall(int Execution, ExecutionPlan Plan, string Stage, string Key, JsonElement Input, Action Heartbeat);
