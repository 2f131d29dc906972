/** Pairs that are one model, or variants, though what is stated does not say so: the price of never guessing. */

export const UNSAID = `
bedrock amazon.nova-lite-v1:0 = vercel amazon/nova-lite
bedrock amazon.nova-pro-v1:0 = vercel amazon/nova-pro
bedrock nvidia.nemotron-nano-3-30b = deepinfra nvidia/Nemotron-3-Nano-30B-A3B
bedrock qwen.qwen3-next-80b-a3b name="Qwen3 Next 80B A3B" = huggingface Qwen/Qwen3-Next-80B-A3B-Instruct
bedrock mistral.devstral-2-123b = doubleword mistralai/Devstral-2-123B-Instruct-2512
bedrock mistral.ministral-3-8b-instruct = openrouter mistralai/ministral-8b-2512 hf=mistralai/Ministral-3-8B-Instruct-2512
chutes Nemotron-3-Nano-Omni-30B-TEE = openrouter nvidia/nemotron-3-nano-omni-30b-a3b-reasoning
cloudflare @cf/mistralai/mistral-small-3.1-24b-instruct = deepinfra mistralai/Mistral-Small-3.1-24B-Instruct-2503
cloudflare @cf/nvidia/nemotron-3-120b-a12b = openrouter nvidia/nemotron-3-super-120b-a12b
github mistral-ai/mistral-large-2411 name="Mistral Large 24.11" = huggingface mistralai/Mistral-Large-Instruct-2411
github mistral-ai/mistral-nemo = deepinfra mistralai/Mistral-Nemo-Instruct-2407
hyperbolic SDXL1.0-base = nscale stabilityai/stable-diffusion-xl-base-1.0
mistral voxtral-small-2507 canonical=mistralai/voxtral-small-2507 = deepinfra mistralai/Voxtral-Small-24B-2507
moonshotai kimi-k2-0905-preview = huggingface moonshotai/Kimi-K2-Instruct-0905
novita sao10k/l31-70b-euryale-v2.2 = deepinfra Sao10K/L3.1-70B-Euryale-v2.2
openai gpt-5.2-chat-latest = openrouter openai/gpt-5.2-chat
openrouter minimax/hailuo-02 = together minimax/hailuo-02
sambanova E5-Mistral-7B-Instruct = nebius intfloat/e5-mistral-7b-instruct
sambanova Llama-3.3-Swallow-70B-Instruct-v0.4 = huggingface tokyotech-llm/Llama-3.3-Swallow-70B-Instruct-v0.4
together google/flash-image-2.5 name="Gemini Flash Image 2.5 (Nano Banana)" = google models/gemini-2.5-flash-image
vercel mistral/magistral-medium name="Magistral Medium 2506" = mistral magistral-medium-2506 canonical=mistralai/magistral-medium-2506
vercel xai/grok-3-mini name="Grok 3 Mini Beta" = xai grok-3-mini
zenmux minimax/minimax-m2.5-lightning = minimax MiniMax-M2.5-highspeed
together deepseek-ai/DeepSeek-R1 name="DeepSeek R1-0528" = deepinfra deepseek-ai/DeepSeek-R1-0528
zenmux deepseek/deepseek-v4-flash name="DeepSeek: DeepSeek V4 Flash 0731" = baseten deepseek-ai/DeepSeek-V4-Flash-0731
fireworks accounts/fireworks/models/flux-1-schnell-fp8 ~ deepinfra black-forest-labs/FLUX-1-schnell
chutes zai-org/GLM-5.2-TEE quantization=fp4 ~ huggingface nvidia/GLM-5.2-NVFP4
`;
