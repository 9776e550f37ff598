using System.Text.Json.Serialization;

namespace Fairlead.Steps.Events;

/// <summary>Something that happened during an invocation, in the order in which it happened; written as JSON with a <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DatasetRegistered), "datasetRegistered")]
[JsonDerivedType(typeof(GraphRead), "graphRead")]
[JsonDerivedType(typeof(StepCached), "stepCached")]
[JsonDerivedType(typeof(StepsPassed), "stepsPassed")]
[JsonDerivedType(typeof(StepUnwanted), "stepUnwanted")]
[JsonDerivedType(typeof(StepStarted), "stepStarted")]
[JsonDerivedType(typeof(StepOutput), "stepOutput")]
[JsonDerivedType(typeof(StepFinished), "stepFinished")]
public abstract record StepEvent;
