using System.Text.Json;

namespace Fairlead.Demo;

/// <summary>The change that becomes the second release.</summary>
internal sealed record DemoChange(string Step, string Param, JsonElement Value, string Why);
