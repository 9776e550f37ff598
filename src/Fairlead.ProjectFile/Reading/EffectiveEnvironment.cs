using Fairlead.Domain.Configurations;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>An environment with everything that it inherits.</summary>
/// <param name="Values">Its values, each with where it came from.</param>
internal sealed record EffectiveEnvironment(YamlMap Body, IReadOnlyList<EnvironmentValue> Values);
