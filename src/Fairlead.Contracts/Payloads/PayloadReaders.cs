using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Payloads;

/// <summary>Opens contracts for reading; holds nothing.</summary>
/// <param name="maximumBytes">How long a message, and how long its JSON, may be.</param>
public sealed class PayloadReaders(int maximumBytes = PayloadReaders.DefaultMaximumBytes) : IPayloadReaders
{
    /// <summary>4 MiB: what gRPC takes by default.</summary>
    public const int DefaultMaximumBytes = 4 * 1024 * 1024;

    public IPayloadReader Open(byte[] descriptors) => new PayloadReader(ContractSchema.Open(descriptors), maximumBytes);
}
