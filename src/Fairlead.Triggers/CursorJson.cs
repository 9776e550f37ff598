using System.Text.Json.Serialization;
using Fairlead.Triggers.Executions;
using Fairlead.Triggers.Git;
using Fairlead.Triggers.Registries;

namespace Fairlead.Triggers;

/// <summary>The one form in which triggers remember how far they have seen.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecutionCursor))]
[JsonSerializable(typeof(RegistryCursor))]
[JsonSerializable(typeof(GitCursor))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string))]
internal sealed partial class CursorJson : JsonSerializerContext;
