using System.Text.Json;

namespace Fairlead.Demo;

/// <summary>The change that becomes the second release.</summary>
/// <param name="Pipeline">Begins with the commit, and takes it to production.</param>
/// <param name="Comment">Of the judgment, where nobody is there to give one.</param>
internal sealed record DemoChange(string Step, string Param, JsonElement Value, string Why, string Pipeline, string Comment);
