using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Payloads;

/// <summary>Opens contracts for writing; holds nothing.</summary>
/// <param name="maximumBytes">How long a message, and how long its JSON, may be.</param>
public sealed class PayloadWriters(int maximumBytes = PayloadReaders.DefaultMaximumBytes) : IPayloadWriters
{
    public IPayloadWriter Open(byte[] descriptors) => new PayloadWriter(ContractSchema.Open(descriptors), maximumBytes);
}
