using System.Text.Json;

namespace Fairlead.Demo;

/// <summary>A request that is ready to be sent, and what is known to have become true.</summary>
/// <param name="Body">JSON of the Open Inference Protocol.</param>
/// <param name="Unit">For whom it is.</param>
/// <param name="Outcome">A flat object.</param>
internal sealed record DemoRow(byte[] Body, string Unit, JsonElement Outcome);
